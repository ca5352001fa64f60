package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.api.Signable.ROOT_PATH;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.acceptance.Debugger.Entry;
import quorate.api.Bytes;
import quorate.api.KeyState;
import quorate.api.Redistribute;
import quorate.sdk.AdminClient;
import quorate.sdk.TsmException;

/**
 * Row 5 of the ways back: a key is given to nodes that were never part of it, and that the others learned of while they
 * ran. Row 9 for that: whatever step one of them is killed at, the key can be used afterwards, by one committee.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedistributionIT {
    /** In both committees: party 2 before, party 1 after. */
    private static final int VICTIM = 2;

    private static final List<Integer> FORMER = List.of(1, 2, 3);
    private static final List<Integer> NEW = List.of(2, 3, 4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Entry WRITE_PENDING = new Entry("store.Operations", "writePending");
    private static final Entry WRITE_COMMITTED = new Entry("store.Operations", "commit");
    private static final Entry WRITE_CLEAN = new Entry("store.Operations", "clean");
    private static final Entry ANNOUNCE = new Entry("node.commit.Correspondents", "say");

    private final SecureRandom random = new SecureRandom();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Signatures signatures;

    /** What must have come of the key when the victim is killed at a step. */
    private enum Fate {
        OLD,
        NEW,
        /** Depends on who is back first: the victim, or the deadline of the others. */
        EITHER
    }

    /** The steps of protocols.md 5.2 and of the commit in 5.4, in their order. */
    enum Step {
        BEFORE_AGREE(Fate.OLD, new Entry("node.key.RedistributionCeremony", "run")),
        AGREED(Fate.OLD, new Entry("reshare.Redistribution", "receive")),
        BEFORE_PENDING_IS_DURABLE(Fate.OLD, WRITE_PENDING),
        BEFORE_PREPARED_IS_SAID(Fate.EITHER, WRITE_PENDING, ANNOUNCE),
        BEFORE_COMMITTED_IS_DURABLE(Fate.EITHER, WRITE_COMMITTED),
        BEFORE_COMMITTED_IS_SAID(Fate.EITHER, WRITE_COMMITTED, ANNOUNCE),
        BEFORE_CLEAN_IS_DURABLE(Fate.NEW, WRITE_CLEAN),
        BEFORE_CLEAN_IS_SAID(Fate.NEW, WRITE_CLEAN, ANNOUNCE);

        private final Fate fate;

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<Entry> path;

        Step(Fate fate, Entry... path) {
            this.fate = fate;
            this.path = List.of(path);
        }
    }

    @BeforeAll
    void runThreeNodesAndRegisterTwo(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        signatures = new Signatures(cluster);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void aKeyOfThreeNodesIsGivenToFiveOfWhichTwoAreRegisteredMeanwhile() {
        var key = cluster.generate("ed25519", "treasury");
        var ecdsa = new EcdsaSignatures(cluster).generate("secp256k1", "wallet");

        cluster.addTwoNodes();
        for (var id : List.of("treasury", "wallet")) {
            var given = cluster.run("key", "reshare", id, "--players", "1,2,3,4,5", "--threshold", "3").done();
            assertThat(given.path("epoch").asInt()).isEqualTo(1);
            assertThat(given.path("threshold").asInt()).isEqualTo(3);
            assertThat(given.path("players").toString()).isEqualTo("[1,2,3,4,5]");
        }

        var shown = cluster.run("key", "show", "treasury").done();
        assertThat(shown.path("publicKey")).isEqualTo(key.path("publicKey"));
        assertThat(shown.path("canSign").toString()).isEqualTo("[1,2,3,4,5]");
        for (var quorum : List.of(List.of(1, 2, 3), List.of(3, 4, 5), List.of(1, 4, 5), List.of(2, 3, 5))) {
            signatures.verify(key, quorum);
        }
        new EcdsaSignatures(cluster).verify(ecdsa, List.of(2, 4, 5), ROOT_PATH);
    }

    @Test
    @Order(2)
    void theNodesKnowOneAnotherAfterARestart() {
        cluster.kill(1);
        cluster.kill(4);
        cluster.start(1, 4);
        signatures.verify(cluster.run("key", "show", "treasury").done(), List.of(1, 4, 5));
    }

    @Test
    @Order(3)
    void aCopyHasItsOwnNodesAndTheKeyStays() {
        var key = cluster.generate("bip340", "original", 2, 1, 2, 3);

        var copied = cluster.run(
                        "key", "copy", "original", "--players", "3,4,5", "--threshold", "2", "--id", "site-b")
                .done();

        assertThat(copied.path("keyId").asText()).isEqualTo("site-b");
        assertThat(copied.path("epoch").asInt()).isZero();
        assertThat(copied.path("publicKey")).isEqualTo(key.path("publicKey"));
        signatures.verify(copied, List.of(4, 5));
        signatures.verify(key, List.of(1, 2));
    }

    @Test
    @Order(4)
    void aNodeThatIsGoneIsReplacedByAnother() {
        var key = cluster.generate("ed25519", "replaced", 2, 1, 2, 3);
        cluster.kill(3);

        var given = cluster.run("key", "reshare", "replaced", "--players", "1,2,5", "--dead", "3").done();

        assertThat(given.path("players").toString()).isEqualTo("[1,2,5]");
        signatures.verify(key, List.of(1, 5));
        cluster.start(3);
        Waiting.until(
                "node 3 knows that its share is worthless",
                () -> cluster.clients().admin(3).key("replaced").state() == KeyState.STALE);
    }

    /** Where the outcome is decided; everywhere with -Dquorate.long=true. RedistributionCommitTest crashes at frames. */
    static Stream<Step> steps() {
        return Boolean.getBoolean("quorate.long")
                ? Stream.of(Step.values())
                : Stream.of(
                        Step.AGREED,
                        Step.BEFORE_PREPARED_IS_SAID,
                        Step.BEFORE_COMMITTED_IS_SAID,
                        Step.BEFORE_CLEAN_IS_SAID);
    }

    @ParameterizedTest
    @MethodSource("steps")
    @Order(5)
    void aNodeThatIsKilledInTheMiddleLeavesAKeyThatOneCommitteeCanUse(Step step) {
        var keyId = "given-" + step.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var key = cluster.generate("ed25519", keyId, 2, 1, 2, 3);
        Set<Long> told = ConcurrentHashMap.newKeySet();

        giveAwayAndKillAt(step, keyId, told);

        var shown = cluster.run("key", "show", keyId).done();
        long epoch = shown.path("epoch").asLong();
        assertThat(told).isSubsetOf(epoch);
        switch (step.fate) {
            case OLD -> assertThat(epoch).isZero();
            case NEW -> assertThat(epoch).isEqualTo(1);
            case EITHER -> assertThat(epoch).isBetween(0L, 1L);
        }
        var holders = epoch == 0 ? FORMER : NEW;
        assertThat(players(shown)).isEqualTo(holders);
        for (int left : holders) {
            signatures.verify(key, holders.stream().filter(player -> player != left).toList());
        }
    }

    /** Returns when the victim is back and nothing is open any more. */
    private void giveAwayAndKillAt(Step step, String keyId, Set<Long> told) {
        cluster.kill(VICTIM);
        int debugPort = cluster.startForDebugger(VICTIM);
        var held = cluster.clients().admin(1).key(keyId);
        var request = new Redistribute(
                id(), null, NEW, 2, List.of(1, 2), null, held.scheme(), held.curve(), 2, FORMER, held.point());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(debugPort, step.path)) {
            var giving = IntStream.rangeClosed(1, 4)
                    .mapToObj(node -> threads.submit(
                            () -> giveAway(cluster.clients().admin(node), keyId, request, told)))
                    .toList();
            debugger.awaitStandstill(PATIENCE);
            cluster.kill(VICTIM);
            cluster.start(VICTIM);
            Waiting.until("the calls have ended", () -> giving.stream().allMatch(Future::isDone));
            Waiting.until("nothing is open", () -> IntStream.rangeClosed(1, 5).allMatch(node ->
                    cluster.clients().admin(node).status().operations().isEmpty()));
        }
    }

    private static void giveAway(AdminClient node, String keyId, Redistribute request, Set<Long> told) {
        try {
            var key = node.redistribute(keyId, request).key();
            if (key != null) {
                told.add(key.epoch());
            }
        } catch (TsmException failed) {
            // Whatever it is: what matters is what comes of the key.
            return;
        }
    }

    private static List<Integer> players(JsonNode shown) {
        return StreamSupport.stream(shown.path("players").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    private Bytes id() {
        var id = new byte[32];
        random.nextBytes(id);
        return Bytes.of(id);
    }
}
