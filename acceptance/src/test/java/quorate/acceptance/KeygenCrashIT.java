package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.acceptance.Debugger.Entry;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.Scheme;
import quorate.sdk.TsmClient;
import quorate.sdk.TsmException;

/**
 * Row 9 of the ways back for key generation: one node is killed with kill -9 at each of its steps. After its restart
 * every quorum can use the key or nobody has heard of it, and whoever was told the public key has the former.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
class KeygenCrashIT {
    private static final int VICTIM = 2;
    private static final List<Integer> SURVIVORS = List.of(1, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final Entry WRITE_PENDING = new Entry("store.Operations", "writePending");
    private static final Entry WRITE_COMMITTED = new Entry("store.Operations", "commit");
    private static final Entry WRITE_CLEAN = new Entry("store.Operations", "clean");
    private static final Entry ANNOUNCE = new Entry("node.commit.Correspondents", "say");
    private static final Entry SHOW = new Entry("node.key.KeyRing", "show");
    private static final Entry LEAVE = new Entry("node.key.PauseGate", "leave");

    /** What must have come of the key when the victim is killed at a step. */
    private enum Fate {
        NOTHING,
        KEY,
        /** Depends on who is back first: the victim, or the deadline of the others. */
        EITHER
    }

    /** The steps of protocols.md 1.1 and of the commit in 5.4, in their order. */
    enum Step {
        BEFORE_AGREE(Fate.NOTHING, new Entry("node.key.KeygenCeremony", "run")),
        AGREED(Fate.NOTHING, new Entry("keygen.Keygen", "start")),
        ROUND_1_RECEIVED(Fate.NOTHING, new Entry("keygen.Keygen$AwaitAnnouncements", "receive")),
        ROUND_2_RECEIVED(Fate.NOTHING, new Entry("keygen.Keygen$AwaitOpenings", "receive")),
        POINTS_RECEIVED(Fate.NOTHING, new Entry("keygen.Keygen$AwaitPoints", "receive")),
        ROUND_3_RECEIVED(Fate.NOTHING, new Entry("keygen.Keygen$AwaitConfirmations", "receive")),
        BEFORE_PENDING_IS_DURABLE(Fate.NOTHING, WRITE_PENDING),
        BEFORE_PREPARED_IS_SAID(Fate.EITHER, WRITE_PENDING, ANNOUNCE),
        BEFORE_COMMITTED_IS_DURABLE(Fate.EITHER, WRITE_COMMITTED),
        BEFORE_COMMITTED_IS_SAID(Fate.EITHER, WRITE_COMMITTED, ANNOUNCE),
        BEFORE_CLEAN_IS_DURABLE(Fate.KEY, WRITE_CLEAN),
        BEFORE_CLEAN_IS_SAID(Fate.KEY, WRITE_CLEAN, ANNOUNCE),
        BEFORE_THE_ANSWER(Fate.KEY, WRITE_CLEAN, LEAVE),
        WITH_THE_ANSWER(Fate.KEY, WRITE_CLEAN, LEAVE, SHOW);

        private final Fate fate;

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<Entry> path;

        Step(Fate fate, Entry... path) {
            this.fate = fate;
            this.path = List.of(path);
        }
    }

    private final Cluster cluster;
    private final Map<Integer, TsmClient> clients;
    private final SecureRandom random = new SecureRandom();
    private int debugPort;

    KeygenCrashIT(Cluster cluster) {
        this.cluster = cluster;
        this.clients = Map.of(1, cluster.user(1), 2, cluster.user(2), 3, cluster.user(3));
    }

    @BeforeAll
    void runWithADebugger() {
        cluster.kill(VICTIM);
        debugPort = cluster.startForDebugger(VICTIM);
    }

    @AfterAll
    void runWithoutADebuggerAgain() {
        clients.values().forEach(TsmClient::close);
        cluster.kill(VICTIM);
        cluster.start(VICTIM);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void leavesAKeyForEveryQuorumOrNothing(Step step) {
        var request = request("crash-" + step.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        Set<Bytes> told = ConcurrentHashMap.newKeySet();

        generateAndKillAt(step, request, told);

        var holders = clients.values().stream().filter(node -> shown(node, request, told)).toList();
        if (holders.isEmpty()) {
            assertThat(told).as("public keys that somebody was told").isEmpty();
            assertThat(step.fate).isNotEqualTo(Fate.KEY);
            cluster.generate("ed25519", request.keyId());
        } else {
            assertThat(holders).hasSize(clients.size());
            assertThat(told).hasSize(1);
            assertThat(step.fate).isNotEqualTo(Fate.NOTHING);
        }
        new Signatures(cluster).verifyWithEachPair(shown(request));
    }

    /** Returns when the victim is back and nothing is open any more. */
    private void generateAndKillAt(Step step, GenerateKey request, Set<Bytes> told) {
        var asking = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(debugPort, step.path)) {
            var asked = SURVIVORS.stream()
                    .map(node -> threads.submit(() -> keepAsking(node, request, told, asking)))
                    .toList();
            try {
                var generating = clients.values().stream()
                        .map(node -> threads.submit(() -> generate(node, request, told)))
                        .toList();
                debugger.awaitStandstill(PATIENCE);
                cluster.kill(VICTIM);
                debugPort = cluster.startForDebugger(VICTIM);
                Waiting.until("the calls have ended", () -> generating.stream().allMatch(Future::isDone));
                Waiting.until("nothing is open", () -> clients.values().stream()
                        .allMatch(node -> node.status().operations().isEmpty()));
            } finally {
                asking.set(false);
            }
            assertThat(asked).allSatisfy(done -> assertThat(done).succeedsWithin(PATIENCE));
        }
    }

    private GenerateKey request(String keyId) {
        var sessionId = new byte[32];
        random.nextBytes(sessionId);
        return new GenerateKey(
                Bytes.of(sessionId), keyId, Scheme.SCHNORR, Curve.ED25519, 2, Cluster.ALL, null);
    }

    private static void generate(TsmClient node, GenerateKey request, Set<Bytes> told) {
        try {
            told.add(node.generateKey(request).publicKey());
        } catch (TsmException failed) {
            // Whatever it is: what matters is what comes of the key.
            return;
        }
    }

    /** Whoever asks for the key meanwhile is told its public key or nothing. */
    private void keepAsking(int node, GenerateKey request, Set<Bytes> told, AtomicBoolean asking) {
        try (var user = cluster.user(node)) {
            while (asking.get()) {
                shown(user, request, told);
                user.keys().stream()
                        .filter(key -> key.keyId().equals(request.keyId()))
                        .map(KeyInfo::publicKey)
                        .forEach(told::add);
                Waiting.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private static boolean shown(TsmClient node, GenerateKey request, Set<Bytes> told) {
        try {
            told.add(node.key(request.keyId()).publicKey());
            return true;
        } catch (TsmException.Answered unknown) {
            return false;
        }
    }

    private JsonNode shown(GenerateKey request) {
        var key = cluster.run("key", "show", request.keyId()).done();
        assertThat(key.path("nodes").findValuesAsText("state")).containsOnly("active").hasSize(Cluster.ALL.size());
        return key;
    }
}
