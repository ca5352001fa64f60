package quorate.node.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.State;
import quorate.commit.Verb;
import quorate.node.StoppedCluster;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.key.LoadedKey;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.KeyState;
import quorate.store.Outcome;

/** The commit of a reshare on real databases: both sharings, crashes, the stale, the dead, and adoption. */
class ReshareCommitTest {
    private static final Duration MINUTE = Duration.ofSeconds(61);
    private static final String KEY = "treasury";
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
        base = cluster.generate(KEY);
        next = cluster.deal(KEY, 1);
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
    void offersBothSharingsUntilEverybodyHasCommittedThenOnlyTheNew() throws Exception {
        var operation = prepareEverywhere();
        assertThat(offered(1)).containsExactly(base.shareId());
        deliverUntil(1, operation, State.COMMITTED);
        assertThat(offered(1)).containsExactly(next.shareId(), base.shareId());

        net.deliverAll();

        for (int player = 1; player <= 3; player++) {
            assertThat(net.state(player, operation)).contains(State.CLEAN);
            assertThat(offered(player)).containsExactly(next.shareId());
            assertThat(net.node(player).database().keys().sharings(KEY)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCrashAtAnyFrameLeavesEveryPairASharingAndTheOperationEnds(boolean beforeTheWrite) throws Exception {
        for (int at = 0; at < 24; at += 3) {
            net.close();
            for (var saved : before.entrySet()) {
                copy(saved.getValue(), cluster.data(saved.getKey()));
            }
            net = new CommitNet(cluster);
            var operation = prepareEverywhere();
            for (int frame = 0; frame < at && net.flying() > 0; frame++) {
                net.deliverFirst();
                assertEveryPairSharesOne();
            }
            if (net.flying() > 0) {
                net.crashAt(beforeTheWrite);
            }
            assertEveryPairSharesOne();

            for (int round = 0; round < 4; round++) {
                linkAll();
                net.deliverAll();
                assertEveryPairSharesOne();
            }

            var said = "crash at frame " + at;
            for (int player = 1; player <= 3; player++) {
                assertThat(net.state(player, operation)).as(said).contains(State.CLEAN);
                assertThat(offered(player)).as(said).containsExactly(next.shareId());
                assertThat(net.node(player).rolledBack()).as(said).isEmpty();
            }
        }
    }

    @Test
    void waitsBeforeCleanForSessionsThatWereOfferedTheOldSharing() throws Exception {
        net.node(1).sessions().add(octets(base));
        var operation = prepareEverywhere();
        net.deliverAll();

        assertThat(net.state(1, operation)).contains(State.COMMITTED);
        assertThat(net.state(2, operation)).contains(State.CLEAN);
        assertThat(offered(1)).containsExactly(next.shareId());
        net.tick();
        assertThat(net.state(1, operation)).contains(State.COMMITTED);

        net.node(1).sessions().clear();
        net.tick();

        assertThat(net.state(1, operation)).contains(State.CLEAN);
    }

    @Test
    void waitsForSessionsOnlySoLong() throws Exception {
        net.node(1).sessions().add(octets(base));
        var operation = prepareEverywhere();
        net.deliverAll();

        net.pass(MINUTE);
        net.tick();

        assertThat(net.state(1, operation)).contains(State.CLEAN);
    }

    @Test
    void revertsWhenTheOthersRefusedBeforeTheySawTheCertificate() throws Exception {
        var operation = prepareEverywhere();
        for (int other = 2; other <= 3; other++) {
            for (var said : said(other, operation)) {
                net.node(1).commits().received(other, said);
            }
        }
        assertThat(net.state(1, operation)).contains(State.COMMITTED);
        net.loseEverything();
        net.unreachable(1);
        net.unreachable(2);
        net.unreachable(3);
        net.pass(CommitNet.PENDING_DEADLINE);
        net.tick();
        net.pass(Duration.ofSeconds(11));
        net.tick();
        assertThat(net.states(operation).subList(1, 3)).allSatisfy(state -> assertThat(state).contains(State.REFUSED));
        assertEveryPairSharesOne();
        net.reachable(1);
        net.reachable(2);
        net.reachable(3);

        for (var refused : said(2, operation)) {
            net.node(1).commits().received(2, refused);
        }
        assertThat(net.state(1, operation)).contains(State.FROZEN);
        assertThat(offered(1)).containsExactly(next.shareId(), base.shareId());
        linkAll();
        net.deliverAll();

        assertThat(net.state(1, operation)).contains(State.REVERTED);
        assertThat(offered(1)).containsExactly(base.shareId());
        assertEveryPairSharesOne();
    }

    @Test
    void refusesASecondOperationWhileOneIsOpen() throws Exception {
        prepareEverywhere();
        var other = cluster.deal(KEY, 1);
        var second = net.reshare(other, base, CommitNet.opId());

        assertThatThrownBy(() -> net.replace(1, second, other)).hasMessageContaining("TPC-2");
    }

    @Test
    void refusesToCommitOnAnotherBase() throws Exception {
        var other = cluster.deal(KEY, 3);
        var operation = net.reshare(next, other, CommitNet.opId());

        assertThatThrownBy(() -> net.replace(1, operation, next)).hasMessageContaining("TPC-3");
        assertThat(offered(1)).containsExactly(base.shareId());
    }

    @Test
    void endsWithoutANodeThatIsDeclaredDeadWhichIsFoundStaleWhenItIsBack() throws Exception {
        var operation = committedWithoutThree();
        assertThat(net.node(1).commits().open()).singleElement().satisfies(open -> assertThat(open.awaited())
                .containsExactly(id(3)));

        net.node(1).commits().declareDead(operation.keyId(), operation.opId(), Set.of(3));
        net.node(2).commits().declareDead(operation.keyId(), operation.opId(), Set.of(3));
        net.deliverAll();

        assertThat(net.state(1, operation)).contains(State.CLEAN);
        assertThat(net.state(2, operation)).contains(State.CLEAN);
        assertThat(offered(3)).containsExactly(base.shareId());
        net.reachable(3);
        linkAll();
        net.deliverAll();
        assertThat(net.state(3, operation)).contains(State.REFUSED);
        assertThat(keyState(3)).isEqualTo(KeyState.STALE);
        assertThatThrownBy(() -> net.node(3).ring().offers(KEY)).isInstanceOf(ProblemException.class);
        assertThat(net.node(3).events()).anySatisfy(event -> assertThat(event).startsWith("TPC-5"));
        assertThat(net.node(1).commits().staleness().behind(KEY)).singleElement().satisfies(behind -> {
            assertThat(behind.player()).isEqualTo(3);
            assertThat(behind.epoch()).isZero();
            assertThat(behind.ours()).isEqualTo(1);
        });
    }

    /** R6: what it holds is the new share, but the others did not wait for its word. */
    @Test
    void whoWasDeclaredDeadIsRepairedBeforeItTakesPartAgain() throws Exception {
        var operation = prepareEverywhere();
        for (int player = 1; player <= 2; player++) {
            for (var said : said(3, operation)) {
                net.node(player).commits().received(3, said);
            }
        }
        net.unreachable(3);
        net.deliverAll();
        for (int player = 1; player <= 2; player++) {
            net.node(player).commits().declareDead(operation.keyId(), operation.opId(), Set.of(3));
        }
        net.deliverAll();
        assertThat(net.state(1, operation)).contains(State.CLEAN);
        assertThat(net.state(2, operation)).contains(State.CLEAN);
        assertThat(net.state(3, operation)).contains(State.PENDING);
        net.reachable(3);

        linkAll();
        net.deliverAll();

        assertThat(net.state(3, operation)).contains(State.CLEAN);
        assertThat(keyState(3)).isEqualTo(KeyState.STALE);
        assertThat(net.node(3).events()).anySatisfy(event -> assertThat(event).startsWith("R6"));
        assertThat(net.node(3).commits().repaired(
                        base.description(), next.key(3).stored(), next.share(3), Optional.of(next.shareId())))
                .isEqualTo(Outcome.DONE);
        assertThat(offered(3)).containsExactly(next.shareId());
    }

    @Test
    void declaresOnlyOtherParticipantsDead() throws Exception {
        var operation = prepareEverywhere();
        var commits = net.node(1).commits();

        assertThatThrownBy(() -> commits.declareDead(operation.keyId(), operation.opId(), Set.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commits.declareDead(operation.keyId(), operation.opId(), Set.of(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(commits.declareDead(operation.keyId(), CommitNet.opId(), Set.of(2))).isEmpty();
    }

    /** R8: its database was put back from an image with the operation open in it; the others gave it up, and it is repaired. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRepairEndsAnOperationInWhichTheNodeHasNoVoice(boolean toTheNewSharing) throws Exception {
        var operation = prepareEverywhere();
        var image = folder.resolve("image-2");
        net.restartAfter(2, () -> {
            copy(cluster.data(2), image);
            try (var database = cluster.open(2)) {
                database.newDatabaseIncarnation();
            }
        });
        var two = net.node(2);
        assertThat(net.state(2, operation)).contains(State.PENDING);
        assertThat(two.commits().isRepairable(operation.keyId())).isTrue();
        assertThat(net.node(1).commits().isRepairable(operation.keyId())).isFalse();
        var repaired = toTheNewSharing ? next : base;

        var outcome = two.commits()
                .repaired(base.description(), repaired.key(2).stored(), repaired.share(2), Optional.of(base.shareId()));

        assertThat(outcome).isEqualTo(Outcome.DONE);
        assertThat(net.state(2, operation)).contains(toTheNewSharing ? State.CLEAN : State.REVERTED);
        assertThat(offered(2)).containsExactly(repaired.shareId());
        assertThat(two.database().keys().sharings(KEY)).hasSize(1);
        assertThat(two.commits().open()).isEmpty();
    }

    @Test
    void aNodeThatTheOthersLeftBehindSaysThatItIsPerhapsStale() throws Exception {
        var operation = prepareEverywhere();
        net.restartAfter(2, () -> giveItAnotherActive(2));
        linkAll();
        net.deliverAll();

        assertThat(net.state(2, operation)).contains(State.REFUSED);
        assertThat(net.node(2).events()).anySatisfy(event -> assertThat(event).startsWith("TPC-3"));
    }

    private void giveItAnotherActive(int player) throws Exception {
        var file = cluster.data(player).resolve("quorate.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var tamper = connection.prepareStatement("UPDATE sharing SET share_id = ? WHERE role = 'ACTIVE'")) {
            tamper.setBytes(1, new byte[32]);
            assertThat(tamper.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void oneCleanStatementIsAHintAndNoProof() throws Exception {
        var operation = prepareEverywhere();
        net.deliverAll();
        putBack(2);
        net.unreachable(3);
        // Of what node 1 holds, only its own word reaches node 2.
        var clean = net.node(1).commits().find(operation.keyId(), operation.opId()).orElseThrow().statements().all().stream()
                .filter(said -> said.verb() == Verb.CLEAN && said.signer().equals(id(1)))
                .findFirst()
                .orElseThrow();

        net.node(2).commits().received(1, new CommitFrame.Said(clean).encode());

        assertThat(keyState(2)).isEqualTo(KeyState.USABLE);
        assertThat(offered(2)).containsExactly(base.shareId());
        assertThat(net.node(2).commits().staleness().isHinted(octets(base))).isTrue();
        assertThat(net.node(2).events()).anySatisfy(event -> assertThat(event).contains("perhaps reshared"));
    }

    @Test
    void aNodeWhoseOldDatabaseWasRestoredIsFoundStaleWhenALinkComesUp() throws Exception {
        prepareEverywhere();
        net.deliverAll();
        putBack(2);

        linkAll();
        net.deliverAll();

        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
        assertThat(net.node(2).rolledBack()).isEmpty();
        assertThat(offered(1)).containsExactly(next.shareId());
        assertThat(offered(3)).containsExactly(next.shareId());
    }

    @Test
    void anOlderSharingIsRevivedByTheApprovalsOfAThreshold() throws Exception {
        prepareEverywhere();
        net.deliverAll();
        putBack(2);
        putBack(3);
        linkAll();
        net.deliverAll();
        var opId = CommitNet.opId();
        var held = new HashSet<Set<Integer>>();

        held.add(approve(2, opId));
        net.deliverAll();
        assertThat(keyState(2)).isEqualTo(KeyState.STALE);
        held.add(approve(3, opId));
        net.deliverAll();

        assertThat(held).containsExactlyInAnyOrder(Set.of(2), Set.of(2, 3));
        assertThat(offered(2)).containsExactly(base.shareId());
        assertThat(offered(3)).containsExactly(base.shareId());
        assertThat(keyState(1)).isEqualTo(KeyState.ABSENT);
        assertThat(net.node(1).database().adoptions().quarantined(KEY)).containsExactly(next.shareId());
        linkAll();
        net.deliverAll();
        assertThat(keyState(2)).isEqualTo(KeyState.USABLE);
        assertThat(net.node(2).events()).anySatisfy(event -> assertThat(event).contains("is revived"));
    }

    @Test
    void anAdoptionClosesAnOpenOperation() throws Exception {
        var operation = committedWithoutThree();
        var opId = CommitNet.opId();

        approve(1, opId);
        approve(2, opId);
        net.deliverAll();

        assertThat(net.state(1, operation)).contains(State.REVERTED);
        assertThat(net.state(2, operation)).contains(State.REVERTED);
        assertThat(offered(1)).containsExactly(base.shareId());
        assertThat(net.node(1).database().adoptions().quarantined(KEY)).containsExactly(next.shareId());
        assertEveryPairSharesOne();
    }

    private Set<Integer> approve(int player, Octets opId) {
        var commits = net.node(player).commits();
        var key = base.key(player);
        var parties = new TreeMap<Integer, Octets>();
        key.committee().members().forEach((party, member) -> parties.put(party, Octets.of(member.id().bytes())));
        var held = new Sharings.Held(KEY, 0, octets(base), 1, parties, player);
        return commits.approve(held, octets(base), List.of(octets(next)), opId);
    }

    /** Nodes 1 and 2 have committed; node 3 heard nothing and has refused, which nobody else knows. */
    private Operation committedWithoutThree() throws Exception {
        var operation = prepareEverywhere();
        net.unreachable(3);
        for (int player = 1; player <= 2; player++) {
            for (var said : said(3, operation)) {
                net.node(player).commits().received(3, said);
            }
        }
        net.deliverAll();
        assertThat(net.states(operation).subList(0, 2)).allSatisfy(state -> assertThat(state).contains(State.COMMITTED));
        net.pass(CommitNet.PENDING_DEADLINE);
        net.node(3).commits().tick();
        net.pass(Duration.ofSeconds(11));
        net.node(3).commits().tick();
        assertThat(net.state(3, operation)).contains(State.REFUSED);
        net.loseEverything();
        return operation;
    }

    private List<byte[]> said(int player, Operation operation) {
        return net.node(player).commits().find(operation.keyId(), operation.opId()).orElseThrow().statements().all().stream()
                .map(said -> new CommitFrame.Said(said).encode())
                .toList();
    }

    private Operation prepareEverywhere() throws Exception {
        var operation = net.reshare(next, base, CommitNet.opId());
        for (int player = 1; player <= 3; player++) {
            var _ = net.replace(player, operation, next);
        }
        return operation;
    }

    private void deliverUntil(int player, Operation operation, State state) {
        while (net.flying() > 0 && !net.state(player, operation).equals(Optional.of(state))) {
            net.deliverFirst();
        }
        assertThat(net.state(player, operation)).contains(state);
    }

    /** The database as it was before the reshare, with a new history as after a restore. */
    private void putBack(int player) throws Exception {
        net.putBack(player, Objects.requireNonNull(before.get(player)));
    }

    private void linkAll() {
        PAIRS.forEach(pair -> net.linkUp(pair.getFirst(), pair.getLast()));
    }

    private void assertEveryPairSharesOne() {
        for (var pair : PAIRS) {
            var common = new HashSet<>(offered(pair.getFirst()));
            common.retainAll(offered(pair.getLast()));
            assertThat(common).as("sharings that nodes " + pair + " offer").isNotEmpty();
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

    private Octets id(int player) {
        return Octets.of(net.node(player).self().id().bytes());
    }

    private static Octets octets(Dealt dealt) {
        return Octets.of(dealt.shareId().toArray());
    }

    static Path copy(Path from, Path to) throws Exception {
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
