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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.acceptance.Debugger.Entry;
import quorate.api.Bytes;
import quorate.api.Reshare;
import quorate.sdk.AdminClient;
import quorate.sdk.TsmException;

/**
 * Row 9 of the ways back for a reshare: one node is killed with kill -9 at each of its steps. The other two sign all the
 * time; after its restart every quorum signs under the same public key, all nodes in one epoch, and whoever was
 * told the new epoch has it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
class ReshareCrashIT {
    private static final int VICTIM = 2;
    private static final List<Integer> SURVIVORS = List.of(1, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final Entry WRITE_PENDING = new Entry("store.Operations", "writePending");
    private static final Entry WRITE_COMMITTED = new Entry("store.Operations", "commit");
    private static final Entry WRITE_CLEAN = new Entry("store.Operations", "clean");
    private static final Entry ANNOUNCE = new Entry("node.commit.Correspondents", "say");

    /** What must have come of the reshare when the victim is killed at a step. */
    private enum Fate {
        OLD,
        NEW,
        /** Depends on who is back first: the victim, or the deadline of the others. */
        EITHER
    }

    /** The steps of protocols.md 5.1 and of the commit in 5.4, in their order. */
    enum Step {
        BEFORE_AGREE(Fate.OLD, new Entry("node.key.ReshareCeremony", "run")),
        AGREED(Fate.OLD, new Entry("reshare.Refresh", "start")),
        ROUND_1_RECEIVED(Fate.OLD, new Entry("reshare.Refresh$AwaitAnnouncements", "receive")),
        POINTS_RECEIVED(Fate.OLD, new Entry("reshare.Refresh$AwaitPoints", "receive")),
        ROUND_3_RECEIVED(Fate.OLD, new Entry("reshare.Refresh$AwaitConfirmations", "receive")),
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

    private final Cluster cluster;
    private final Map<Integer, AdminClient> administrators;
    private final Signatures signatures;
    private final SecureRandom random = new SecureRandom();
    private int debugPort;

    ReshareCrashIT(Cluster cluster) {
        this.cluster = cluster;
        this.signatures = new Signatures(cluster);
        this.administrators = Map.of(
                1, cluster.clients().admin(1), 2, cluster.clients().admin(2), 3, cluster.clients().admin(3));
    }

    @BeforeAll
    void runWithADebugger() {
        cluster.kill(VICTIM);
        debugPort = cluster.startForDebugger(VICTIM);
    }

    @AfterAll
    void runWithoutADebuggerAgain() {
        cluster.kill(VICTIM);
        cluster.start(VICTIM);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void leavesAKeyThatEveryQuorumCanUseInOneEpoch(Step step) {
        var keyId = "reshared-" + step.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var key = cluster.generate("ed25519", keyId);
        Set<Long> told = ConcurrentHashMap.newKeySet();

        reshareAndKillAt(step, key, told);

        var shown = cluster.run("key", "show", keyId).done();
        assertThat(shown.path("nodes").findValuesAsText("state")).containsOnly("active").hasSize(Cluster.ALL.size());
        long epoch = shown.path("epoch").asLong();
        assertThat(told).isSubsetOf(epoch);
        switch (step.fate) {
            case OLD -> assertThat(epoch).isZero();
            case NEW -> assertThat(epoch).isEqualTo(1);
            case EITHER -> assertThat(epoch).isBetween(0L, 1L);
        }
        assertThat(shown.path("publicKey")).isEqualTo(key.path("publicKey"));
        signatures.verifyWithEachPair(key);
    }

    /** Returns when the victim is back and nothing is open any more. Meanwhile the survivors sign. */
    private void reshareAndKillAt(Step step, JsonNode key, Set<Long> told) {
        var request = new Reshare(id());
        var keyId = key.path("keyId").asText();
        var signing = new AtomicBoolean(true);
        var signed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(debugPort, step.path)) {
            var resharing = administrators.values().stream()
                    .map(node -> threads.submit(() -> reshare(node, keyId, request, told)))
                    .toList();
            debugger.awaitStandstill(PATIENCE);
            cluster.kill(VICTIM);
            var survivors = threads.submit(() -> keepSigning(key, signing, signed));
            try {
                Waiting.until("the survivors have signed", () -> signed.get() > 0 || survivors.isDone());
                debugPort = cluster.startForDebugger(VICTIM);
                Waiting.until("the calls have ended", () -> resharing.stream().allMatch(Future::isDone));
                Waiting.until("nothing is open", () -> administrators.values().stream()
                        .allMatch(node -> node.status().operations().isEmpty()));
            } finally {
                signing.set(false);
            }
            assertThat(survivors).succeedsWithin(PATIENCE);
        }
    }

    /** No state of a reshare stops signing with an existing key (protocols.md 5.4, R5). */
    private void keepSigning(JsonNode key, AtomicBoolean signing, AtomicInteger signed) {
        while (signing.get()) {
            signatures.verify(key, SURVIVORS);
            signed.incrementAndGet();
            Waiting.sleep(BETWEEN_LOOKS);
        }
    }

    private static void reshare(AdminClient node, String keyId, Reshare request, Set<Long> told) {
        try {
            told.add(node.reshare(keyId, request).epoch());
        } catch (TsmException failed) {
            // Whatever it is: what matters is what comes of the key.
            return;
        }
    }

    private Bytes id() {
        var id = new byte[32];
        random.nextBytes(id);
        return Bytes.of(id);
    }
}
