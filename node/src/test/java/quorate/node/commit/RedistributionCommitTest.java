package quorate.node.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.commit.SetupVector;
import quorate.commit.State;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.StoppedCluster.Progress;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.KeyState;

/** The commit of a redistribution from nodes 1 and 2 to 2 and 3 on their databases: one leaves, one stays, one joins. */
class RedistributionCommitTest {
    private static final String KEY = "treasury";
    private static final Degrees DEGREES = Degrees.of(1);
    private static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));

    @TempDir
    Path folder;

    private StoppedCluster cluster;
    private Dealt base;
    private Dealt next;
    private final Map<Integer, Path> before = new TreeMap<>();
    private CommitNet net;

    @BeforeEach
    void start() throws Exception {
        cluster = StoppedCluster.in(folder);
        base = cluster.deal(KEY, 0, Optional.empty(), List.of(1, 2));
        next = cluster.deal(KEY, 1, Optional.of(base), List.of(2, 3));
        cluster.store(1, base, Progress.CLEAN);
        cluster.store(2, base, Progress.CLEAN);
        cluster.open(3).close();
        for (int player = 1; player <= 3; player++) {
            before.put(player, copy(cluster.data(player), folder.resolve("before-" + player)));
        }
        net = new CommitNet(cluster);
    }

    @AfterEach
    void stop() {
        net.close();
    }

    @Test
    void whoLeavesDestroysItsShareAndEverybodyKeepsItsWordForThat() throws Exception {
        var operation = prepareEverywhere();
        assertThat(offered(1)).containsExactly(base.shareId());
        assertThat(offered(3)).isEmpty();

        net.deliverAll();

        assertThat(net.states(operation)).containsOnly(Optional.of(State.CLEAN));
        assertThat(net.node(1).database().keys().sharings(KEY)).isEmpty();
        assertThat(net.node(1).database().keys().find(KEY).orElseThrow().state()).isEqualTo(KeyState.ABSENT);
        assertThat(offered(2)).containsExactly(next.shareId());
        assertThat(offered(3)).containsExactly(next.shareId());
        for (int player = 2; player <= 3; player++) {
            var record = net.node(player).commits().find(operation.keyId(), operation.opId()).orElseThrow();
            assertThat(record.statements().all())
                    .anySatisfy(statement -> {
                        assertThat(statement.verb()).isEqualTo(quorate.commit.Verb.CLEAN);
                        assertThat(statement.signer()).isEqualTo(id(1));
                    });
        }
    }

    /** A node with two seats has one record and says everything once for each. */
    @Test
    void whoStaysSpeaksForBothOfItsSeats() throws Exception {
        var operation = prepareEverywhere();
        net.deliverAll();

        var record = net.node(1).commits().find(operation.keyId(), operation.opId()).orElseThrow();
        assertThat(record.statements().all().stream()
                        .filter(statement -> statement.signer().equals(id(2)))
                        .map(statement -> statement.verb() + " " + statement.seat()))
                .contains("PREPARED party 2", "PREPARED new party 1", "CLEAN party 2", "CLEAN new party 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCrashAtAnyFrameLeavesACommitteeThatCanSignAndTheOperationEnds(boolean beforeTheWrite) throws Exception {
        for (int at = 0; at < 26; at += 2) {
            net.close();
            for (var saved : before.entrySet()) {
                copy(saved.getValue(), cluster.data(saved.getKey()));
            }
            net = new CommitNet(cluster);
            var operation = prepareEverywhere();
            for (int frame = 0; frame < at && net.flying() > 0; frame++) {
                net.deliverFirst();
                assertACommitteeCanSign();
            }
            if (net.flying() > 0) {
                net.crashAt(beforeTheWrite);
            }
            assertACommitteeCanSign();

            for (int round = 0; round < 4; round++) {
                linkAll();
                net.deliverAll();
                assertACommitteeCanSign();
            }

            var said = "crash at frame " + at;
            assertThat(net.states(operation)).as(said).containsOnly(Optional.of(State.CLEAN));
            assertThat(offered(1)).as(said).isEmpty();
            assertThat(offered(2)).as(said).containsExactly(next.shareId());
            assertThat(offered(3)).as(said).containsExactly(next.shareId());
        }
    }

    @Test
    void aNodeThatForgotTheSessionRefusesAndEverythingIsAsItWas() throws Exception {
        var operation = operation();
        prepareToLeave(operation);
        prepare(2, operation);
        linkAll();
        net.deliverAll();
        assertThat(net.state(3, operation)).contains(State.REFUSED);
        for (var time : List.of(CommitNet.PENDING_DEADLINE, Duration.ofSeconds(11))) {
            net.pass(time);
            net.tick();
            net.deliverAll();
        }

        assertThat(net.states(operation)).containsOnly(Optional.of(State.REFUSED));
        assertThat(offered(1)).containsExactly(base.shareId());
        assertThat(offered(2)).containsExactly(base.shareId());
        assertThat(net.node(3).database().keys().find(KEY)).isEmpty();
    }

    @Test
    void whoLeftComesBackInALaterOperation() throws Exception {
        prepareEverywhere();
        net.deliverAll();
        var back = cluster.deal(KEY, 2, Optional.of(base), List.of(1, 2));
        var operation = operation(next, back, List.of(2, 3), List.of(1, 2));

        join(1, operation, back);
        replace(2, operation, back);
        var _ = net.node(3).commits().prepareToLeave(operation, DEGREES);
        net.deliverAll();

        assertThat(net.states(operation)).containsOnly(Optional.of(State.CLEAN));
        assertThat(offered(1)).containsExactly(back.shareId());
        assertThat(offered(2)).containsExactly(back.shareId());
        assertThat(offered(3)).isEmpty();
    }

    @Test
    void whoWasLeftOutAsDeadLearnsThatItsSharingIsOver() throws Exception {
        // Node 2 deals with node 1 in a key of three, of whom node 3 is declared dead.
        net.close();
        stopAndMakeAKeyOfThree();
        var operation = operation(base, next, List.of(1, 2), List.of(1, 2));
        replace(1, operation, next);
        replace(2, operation, next);
        net.deliverAll();
        assertThat(net.state(1, operation)).contains(State.CLEAN);
        assertThat(offered(3)).containsExactly(base.shareId());

        linkAll();
        net.deliverAll();

        assertThat(net.node(3).database().keys().find(KEY).orElseThrow().state()).isEqualTo(KeyState.STALE);
        assertThat(offered(3)).isEmpty();
    }

    private void stopAndMakeAKeyOfThree() throws Exception {
        cluster = StoppedCluster.in(folder.resolve("three"));
        base = cluster.generate(KEY);
        next = cluster.deal(KEY, 1, Optional.of(base), List.of(1, 2));
        net = new CommitNet(cluster);
    }

    private Operation prepareEverywhere() throws Exception {
        var operation = operation();
        prepareToLeave(operation);
        prepare(2, operation);
        join(3, operation, next);
        return operation;
    }

    private void prepareToLeave(Operation operation) throws Exception {
        var _ = net.node(1).commits().prepareToLeave(operation, DEGREES);
    }

    private void prepare(int player, Operation operation) throws Exception {
        replace(player, operation, next);
    }

    private void replace(int player, Operation operation, Dealt sharing) throws Exception {
        var _ = net.node(player)
                .commits()
                .prepare(
                        operation, DEGREES, SetupVector.NONE, sharing.key(player).stored(), sharing.share(player),
                        List.of());
    }

    private void join(int player, Operation operation, Dealt sharing) throws Exception {
        var _ = net.node(player)
                .commits()
                .prepare(
                        operation, DEGREES, SetupVector.NONE, sharing.description(), sharing.key(player).stored(),
                        sharing.share(player), List.of());
    }

    private Operation operation() {
        return operation(base, next, List.of(1, 2), List.of(2, 3));
    }

    private Operation operation(Dealt from, Dealt to, List<Integer> old, List<Integer> fresh) {
        var participants = new ArrayList<Participant>();
        old.forEach(player -> participants.add(
                Participant.of(net.node(player).self().entry(0, from.key(player).party()))));
        fresh.forEach(player -> participants.add(
                Participant.of(net.node(player).self().entry(1, to.key(player).party()))));
        return new Operation(
                3,
                CommitNet.opId(),
                Octets.of(KEY.getBytes(StandardCharsets.UTF_8)),
                Octets.of(from.shareId().toArray()),
                to.key(fresh.getFirst()).sharing().epoch(),
                Octets.of(to.shareId().toArray()),
                participants,
                Octets.of(new byte[Bytes32.LENGTH]));
    }

    private void linkAll() {
        PAIRS.forEach(pair -> net.linkUp(pair.getFirst(), pair.getLast()));
    }

    private void assertACommitteeCanSign() {
        boolean former = offered(1).contains(base.shareId()) && offered(2).contains(base.shareId());
        boolean now = offered(2).contains(next.shareId()) && offered(3).contains(next.shareId());
        assertThat(former || now).as("nodes 1 and 2, or 2 and 3, can sign").isTrue();
    }

    private List<Bytes> offered(int player) {
        try {
            return net.node(player).ring().offers(KEY).stream()
                    .map(key -> Bytes.of(key.sharing().shareId()))
                    .toList();
        } catch (ProblemException none) {
            return List.of();
        }
    }

    private Octets id(int player) {
        return Octets.of(net.node(player).self().id().bytes());
    }

    private static Path copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var old = Files.list(to)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }
}
