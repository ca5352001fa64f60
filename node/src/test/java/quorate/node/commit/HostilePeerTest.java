package quorate.node.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.commit.Seat;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.StatusReport;
import quorate.commit.Verb;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.store.KeyState;

/** What a corrupt party of a key, here node 3, may say without taking room that the honest ones need. */
class HostilePeerTest {
    private static final int LIAR = 3;
    private static final String KEY = "treasury";
    private static final int MANY = Unseen.OPERATIONS + 16;

    @TempDir
    Path folder;

    private StoppedCluster cluster;
    private Dealt base;
    private Dealt next;
    private Path before;
    private CommitNet net;

    @BeforeEach
    void start() throws Exception {
        cluster = StoppedCluster.in(folder);
        base = cluster.generate(KEY);
        next = cluster.deal(base, 1);
        before = ReshareCommitTest.copy(cluster.data(2), folder.resolve("before"));
        net = new CommitNet(cluster);
    }

    @AfterEach
    void stop() {
        net.close();
    }

    @Test
    void statementsInSeatsOfOthersTakeNoRoomOfTheirs() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        net.node(1).commits().began(operation.opId());
        for (int variant = 0; variant < Variants.MOST; variant++) {
            for (int seat = 1; seat <= 2; seat++) {
                for (var verb : Verb.values()) {
                    hear(1, net.says(LIAR, verb, ofTheLiarAlone(operation, seat), new Seat(0, seat)));
                }
            }
        }

        for (int player = 1; player <= 3; player++) {
            var _ = net.replace(player, operation, next);
        }
        net.deliverAll();

        assertThat(net.state(1, operation)).contains(State.CLEAN);
        var kept = net.node(1).database().statements().of(KEY, Records.bytes(operation.opId()));
        assertThat(kept).hasSizeLessThan(3 * Verb.values().length * (1 + Variants.MOST));
    }

    @Test
    void keepsNothingOfPartiesThatTheKeyDoesNotHave() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());

        hear(1, net.says(LIAR, Verb.CLEAN, ofTheLiarAlone(operation, 1), new Seat(0, 1)));
        hear(1, net.says(LIAR, Verb.CLEAN, operation, new Seat(0, LIAR)));

        assertThat(net.node(1).database().statements().of(KEY, Records.bytes(operation.opId())))
                .singleElement()
                .satisfies(kept -> assertThat(kept.signer().index()).isEqualTo(LIAR));
    }

    @Test
    void inventedOperationsHideNoProofThatAShareIsStale() throws Exception {
        var operation = reshared();
        inventCleanOperations(2);
        assertThat(keyState(2)).isEqualTo(KeyState.USABLE);

        hear(2, net.says(1, Verb.CLEAN, operation, new Seat(0, 1)));
        hear(2, net.says(LIAR, Verb.CLEAN, operation, new Seat(0, LIAR)));

        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
        assertThat(net.node(2).database().statements().of(KEY, Records.bytes(operation.opId())))
                .extracting(kept -> kept.signer().index())
                .containsExactly(1, LIAR);
    }

    @Test
    void aRecordThatWasClosedForInventedParticipantsHidesNoProofEither() throws Exception {
        var operation = reshared();
        var honest = operation.participants();
        var me = Participant.of(net.node(2).self().entry(2));
        var invented = with(operation, List.of(honest.getFirst(), me, honest.getLast()), octets(cluster.deal(base, 1)));
        var question = new StatusReport(
                operation.opId(), List.of(net.says(LIAR, Verb.PREPARED, invented, new Seat(0, LIAR))));
        net.node(2).commits().received(LIAR, new CommitFrame.Question(question).encode());
        assertThat(net.state(2, operation)).contains(State.REFUSED);

        hear(2, net.says(1, Verb.CLEAN, operation, new Seat(0, 1)));
        hear(2, net.says(LIAR, Verb.CLEAN, operation, new Seat(0, LIAR)));

        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
    }

    @Test
    void refusesNoOperationOfOtherParties() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        var honest = operation.participants();
        var swapped = List.of(
                inSeat(1, honest.getLast()), honest.get(1), inSeat(LIAR, honest.getFirst()));

        ask(1, net.says(LIAR, Verb.PREPARED, with(operation, swapped, operation.newShareId()), new Seat(0, 1)));
        assertThat(net.state(1, operation)).isEmpty();

        ask(1, net.says(LIAR, Verb.PREPARED, operation, new Seat(0, LIAR)));
        assertThat(net.state(1, operation)).contains(State.REFUSED);
    }

    /** All three hold the new sharing; then node 2 is restored from a backup made before. */
    private Operation reshared() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        for (int player = 1; player <= 3; player++) {
            var _ = net.replace(player, operation, next);
        }
        net.deliverAll();
        net.putBack(2, before);
        return operation;
    }

    private void inventCleanOperations(int player) {
        var template = net.reshare(next, base, CommitNet.opId());
        for (int number = 0; number < MANY; number++) {
            var operation = new Operation(
                    2,
                    CommitNet.opId(),
                    template.keyId(),
                    template.baseShareId(),
                    1,
                    template.newShareId(),
                    template.participants(),
                    template.confirmation());
            hear(player, net.says(LIAR, Verb.CLEAN, operation, new Seat(0, LIAR)));
        }
    }

    private Operation ofTheLiarAlone(Operation operation, int seat) {
        var liar = operation.participants().getLast();
        return with(operation, List.of(inSeat(seat, liar)), CommitNet.opId());
    }

    private static Participant inSeat(int index, Participant participant) {
        return new Participant(
                new Seat(0, index), participant.id(), participant.incarnation(), participant.database());
    }

    private static Operation with(Operation operation, List<Participant> participants, Octets newShareId) {
        return new Operation(
                operation.protocolId(),
                operation.opId(),
                operation.keyId(),
                operation.baseShareId(),
                operation.newEpoch(),
                newShareId,
                new ArrayList<>(participants),
                operation.confirmation());
    }

    private void hear(int player, Statement said) {
        net.node(player).commits().received(LIAR, new CommitFrame.Said(said).encode());
    }

    private void ask(int player, Statement said) {
        var question = new StatusReport(said.operation().opId(), List.of(said));
        net.node(player).commits().received(LIAR, new CommitFrame.Question(question).encode());
    }

    private KeyState keyState(int player) {
        return net.node(player).database().keys().find(KEY).orElseThrow().state();
    }

    private static Octets octets(Dealt dealt) {
        return Octets.of(dealt.shareId().toArray());
    }
}
