package quorate.node.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Adopt;
import quorate.api.KnownSharing;
import quorate.commit.Adoption;
import quorate.commit.Octets;
import quorate.commit.Seat;
import quorate.commit.State;
import quorate.commit.Verb;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.key.HeldSharings;
import quorate.node.key.KeyAdoption;
import quorate.node.key.LoadedKey;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.KeyState;
import quorate.store.Outcome;

/** Restored nodes after a reshare: what they learn of it, what an adoption does to them, and that it does it once. */
class AdoptionCommitTest {
    private static final String KEY = "treasury";
    private static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));

    @TempDir
    Path folder;

    private StoppedCluster cluster;
    private Dealt base;
    private Dealt next;
    private Dealt third;
    private final Map<Integer, Path> before = new TreeMap<>();
    private CommitNet net;

    @BeforeEach
    void start() throws Exception {
        cluster = StoppedCluster.in(folder);
        base = cluster.generate(KEY);
        next = cluster.deal(base, 1);
        third = cluster.deal(base, 2);
        for (int player = 1; player <= 3; player++) {
            before.put(player, ReshareCommitTest.copy(cluster.data(player), folder.resolve("before-" + player)));
        }
        net = new CommitNet(cluster);
    }

    @AfterEach
    void stop() {
        net.close();
    }

    @Test
    void inventedApprovalsTakeNoRoomOfTheOthers() throws Exception {
        reshareAll(next, base);
        restoreTwoAndThree();
        for (int number = 0; number < Adoptions.OPERATIONS + 6; number++) {
            hear(2, 1, junk(1));
        }
        assertThat(net.node(2).database().adoptions().of(KEY)).hasSize(Adoptions.OPERATIONS);

        adopt();

        assertThat(offered(2)).containsExactly(base.shareId());
        assertThat(offered(3)).containsExactly(base.shareId());
    }

    @Test
    void admitsWhatItApprovedItselfWhateverItsPartiesApprovedBefore() throws Exception {
        reshareAll(next, base);
        restoreTwoAndThree();
        for (int number = 0; number < Adoptions.OPERATIONS; number++) {
            hear(2, 3, junk(3));
        }

        adopt();

        assertThat(offered(2)).containsExactly(base.shareId());
    }

    @Test
    void anAdoptionEndsNoOperationThatBeganAfterIt() throws Exception {
        reshareAll(next, base);
        restoreTwoAndThree();
        adopt();
        var refresh = net.reshare(third, base, CommitNet.opId());
        var _ = net.replace(2, refresh, third);

        hear(2, 3, junk(3));

        assertThat(net.state(2, refresh)).contains(State.PENDING);
    }

    @Test
    void anAdoptionDoesNotReviveAgainWhatWasLeftSince() throws Exception {
        reshareAll(next, base);
        restoreTwoAndThree();
        adopt();
        assertThat(keyState(2)).isEqualTo(KeyState.USABLE);
        var refresh = net.reshare(third, base, CommitNet.opId());
        for (int player : Set.of(1, 3)) {
            var clean = net.says(player, Verb.CLEAN, refresh, new Seat(0, player));
            net.node(2).commits().received(player, new CommitFrame.Said(clean).encode());
        }
        assertThat(keyState(2)).isEqualTo(KeyState.STALE);

        hear(2, 3, junk(3));

        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
    }

    @Test
    void aRestoredNodeKnowsTheNamesOfWhatWasMadeSince() throws Exception {
        reshareAll(next, base);
        reshareAll(third, next);
        restoreTwoAndThree();
        var node = net.node(2);
        var adoption = new KeyAdoption(
                node.database(), new HeldSharings(node.database(), node.ring(), (key, share) -> false), node.commits());

        var sharings = adoption.sharings(2, KEY).sharings();

        assertThat(sharings)
                .containsExactly(known(third, false), known(next, false), known(base, true));
        var incomplete = new Adopt(
                random(), known(base, true).shareId(), List.of(known(third, false).shareId()));
        assertThatThrownBy(() -> adoption.approve(2, "ops", KEY, incomplete))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem().detail())
                        .contains("newer sharing"));
    }

    @Test
    void knowsNobodyBehindASharingThatItDoesNotHoldAnyMore() throws Exception {
        reshareAll(next, base);
        restoreTwoAndThree();
        assertThat(net.node(1).commits().staleness().behind(KEY)).hasSize(2);

        adopt();
        assertThat(net.node(1).commits().staleness().behind(KEY)).isEmpty();
        install(1, base, Optional.empty());

        assertThat(net.node(1).commits().staleness().behind(KEY)).isEmpty();
    }

    @Test
    void whoHearsOfAnotherSharingSaysWhatItHoldsItself() throws Exception {
        reshareAll(next, base);
        net.putBack(2, Objects.requireNonNull(before.get(2)));

        net.node(1).commits().compare(Records.key(KEY));
        net.deliverAll();

        assertThat(net.flying()).isZero();
        assertThat(net.node(1).commits().staleness().behind(KEY)).singleElement().satisfies(behind ->
                assertThat(behind.player()).isEqualTo(2));
        assertThat(keyState(2)).isEqualTo(KeyState.STALE);

        install(2, next, Optional.of(base));
        net.node(2).commits().compare(Records.key(KEY));
        net.deliverAll();
        assertThat(net.node(1).commits().staleness().behind(KEY)).isEmpty();
    }

    @Test
    void oneFrameOfManyHoldingsOfAKeyIsOneEvent() throws Exception {
        reshareAll(next, base);
        var holdings = new ArrayList<Holding>();
        for (int number = 0; number < Holding.MOST; number++) {
            holdings.add(new Holding(Records.key(KEY), 0, number % 2 == 0 ? octets(base) : CommitNet.opId()));
        }

        for (int frame = 0; frame < 4; frame++) {
            net.node(1).commits().received(3, new CommitFrame.Holdings(holdings.subList(frame, 900)).encode());
        }

        assertThat(net.node(1).events()).filteredOn(event -> event.startsWith("player 3 holds")).hasSize(1);
    }

    @Test
    void withoutAVoiceANodeTakesTheNewSharingOnTheProofOfTheOthers() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        var _ = net.replace(2, operation, next);
        var pending = folder.resolve("pending");
        net.restartAfter(2, () -> ReshareCommitTest.copy(cluster.data(2), pending));
        for (int player : Set.of(1, 3)) {
            var _ = net.replace(player, operation, next);
        }
        linkAll();
        assertThat(net.states(operation)).containsOnly(Optional.of(State.CLEAN));

        net.putBack(2, pending);
        assertThat(net.state(2, operation)).contains(State.PENDING);
        linkAll();

        assertThat(net.state(2, operation)).contains(State.CLEAN);
        assertThat(offered(2)).containsExactly(next.shareId());
        assertThat(net.node(2).rolledBack()).isEmpty();
    }

    @Test
    void withoutAVoiceANodeKeepsTheOldSharingWhenAllOthersRefused() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        var _ = net.replace(2, operation, next);
        var pending = folder.resolve("pending");
        net.restartAfter(2, () -> ReshareCommitTest.copy(cluster.data(2), pending));
        linkAll();
        assertThat(net.state(1, operation)).contains(State.REFUSED);
        assertThat(net.state(3, operation)).contains(State.REFUSED);

        net.putBack(2, pending);
        linkAll();

        assertThat(net.node(2).commits().open()).isEmpty();
        assertThat(offered(2)).containsExactly(base.shareId());
    }

    private void reshareAll(Dealt to, Dealt from) throws Exception {
        var operation = net.reshare(to, from, CommitNet.opId());
        for (int player = 1; player <= 3; player++) {
            var _ = net.replace(player, operation, to);
        }
        net.deliverAll();
        assertThat(net.states(operation)).containsOnly(Optional.of(State.CLEAN));
    }

    private void restoreTwoAndThree() throws Exception {
        net.putBack(2, Objects.requireNonNull(before.get(2)));
        net.putBack(3, Objects.requireNonNull(before.get(3)));
        linkAll();
        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
    }

    /** Nodes 2 and 3 approve. */
    private void adopt() {
        var opId = CommitNet.opId();
        for (int player : List.of(2, 3)) {
            var parties = new TreeMap<Integer, Octets>();
            base.key(player).committee().members().forEach((party, member) ->
                    parties.put(party, Octets.of(member.id().bytes())));
            var held = new Sharings.Held(KEY, 0, octets(base), 1, parties, player);
            var _ = net.node(player).commits().approve(held, octets(base), List.of(octets(next)), opId);
        }
        net.deliverAll();
    }

    private Adoption junk(int signer) {
        return Adoption.sign(
                Records.key(KEY),
                CommitNet.opId(),
                List.of(CommitNet.opId()),
                CommitNet.opId(),
                signer,
                net.node(signer).self().identity().statements());
    }

    private void hear(int player, int from, Adoption approval) {
        net.node(player).commits().received(from, new CommitFrame.Approved(approval).encode());
    }

    private void install(int player, Dealt sharing, Optional<Dealt> replaces) {
        assertThat(net.node(player).database().shares().install(
                        sharing.description(),
                        sharing.key(player).stored(),
                        sharing.share(player),
                        replaces.map(Dealt::shareId)))
                .isEqualTo(Outcome.DONE);
    }

    private void linkAll() {
        for (int round = 0; round < 3; round++) {
            PAIRS.forEach(pair -> net.linkUp(pair.getFirst(), pair.getLast()));
            net.deliverAll();
        }
    }

    private List<Bytes> offered(int player) {
        return net.node(player).ring().offers(KEY).stream()
                .map(LoadedKey::sharing)
                .map(sharing -> Bytes.of(sharing.shareId()))
                .toList();
    }

    private KeyState keyState(int player) {
        return net.node(player).database().keys().find(KEY).orElseThrow().state();
    }

    private static KnownSharing known(Dealt dealt, boolean held) {
        return new KnownSharing(
                dealt.key(1).sharing().epoch(), quorate.api.Bytes.of(dealt.shareId().toArray()), held);
    }

    private static quorate.api.Bytes random() {
        return quorate.api.Bytes.of(CommitNet.opId().bytes());
    }

    private static Octets octets(Dealt dealt) {
        return Octets.of(dealt.shareId().toArray());
    }
}
