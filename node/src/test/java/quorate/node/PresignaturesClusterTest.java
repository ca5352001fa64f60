package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.node.PresignatureCallers.assertProblem;
import static quorate.node.PresignatureCallers.code;
import static quorate.node.PresignatureCallers.id;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Curve;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.Presignature;
import quorate.frost.FrostCombination;
import quorate.frost.PresignedShare;
import quorate.frost.SignatureShare;
import quorate.frost.SigningRequest;
import quorate.node.presign.Part;
import quorate.node.presign.PresignatureName;
import quorate.testkit.verify.IndependentVerifier;

@Timeout(240)
class PresignaturesClusterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final List<Integer> PAIR = List.of(1, 3);
    private static final int CAP = 300;

    @TempDir
    static Path folder;

    private static RunningCluster cluster;
    private static PresignatureCallers nodes;
    private static ExecutorService callers;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"), "presignatures-per-key = " + CAP + "\n");
        nodes = new PresignatureCallers(cluster);
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stopNodes() {
        callers.shutdownNow();
        nodes.close();
        cluster.close();
    }

    @BeforeEach
    void allNodesRun() throws Exception {
        cluster.awaitAll();
    }

    @Test
    void makesPresignaturesThatAllHoldAndSignsWithThem() throws Exception {
        var key = nodes.generate("made", Scheme.SCHNORR, Curve.ED25519);
        var made = nodes.presign("made", PAIR, 100);

        assertThat(made).hasSize(100).doesNotHaveDuplicates();
        assertThat(nodes.counts("made", PAIR)).containsExactly(100, 100);
        assertThat(nodes.pool(2).counts("made")).isEmpty();

        var message = "any message".getBytes(StandardCharsets.UTF_8);
        var named = nodes.pool(1).next("made", PAIR);
        assertThat(made).contains(named);
        var signature = combine(message, named, sign("made", PAIR, named, message));
        assertThat(IndependentVerifier.ed25519(key.publicKey().toArray(), message, signature)).isTrue();
        assertThat(nodes.counts("made", PAIR)).containsExactly(99, 99);
        assertThat(nodes.pool(1).next("made", PAIR)).isNotEqualTo(named);
    }

    @Test
    void signsBip340() throws Exception {
        var key = nodes.generate("bitcoins", Scheme.BIP340, Curve.SECP256K1);
        nodes.presign("bitcoins", ALL, 2);
        var message = new byte[32];

        var named = nodes.pool(2).next("bitcoins", ALL);
        var signature = combine(message, named, sign("bitcoins", ALL, named, message));

        assertThat(IndependentVerifier.bip340(key.publicKey().toArray(), message, signature)).isTrue();
    }

    @Test
    void grantsOneOfAHundredConcurrentRequests() throws Exception {
        nodes.generate("raced", Scheme.SCHNORR, Curve.ED25519);
        nodes.presign("raced", PAIR, 1);
        var named = nodes.pool(1).next("raced", PAIR);
        var pending = new ArrayList<Future<Part>>();
        for (int i = 0; i < 100; i++) {
            var message = new byte[] {(byte) i};
            pending.add(callers.submit(() -> nodes.partial(1, "raced", PAIR, named, message)));
        }
        int granted = 0;
        for (var answer : pending) {
            try {
                answer.get();
                granted++;
            } catch (ExecutionException e) {
                assertThat(code(Objects.requireNonNull(e.getCause()))).isEqualTo(ProblemCode.PRESIGNATURE_SPENT);
            }
        }
        assertThat(granted).isEqualTo(1);
    }

    @Test
    void dropsWhatAProcessThatEndedHadMade() throws Exception {
        nodes.generate("restarted", Scheme.SCHNORR, Curve.ED25519);
        nodes.presign("restarted", PAIR, 5);
        nodes.presign("restarted", List.of(1, 2), 4);
        var named = nodes.pool(1).next("restarted", PAIR);

        cluster.stop(3);
        assertProblem(ProblemCode.PEER_SILENT, () -> nodes.pool(1).next("restarted", PAIR));
        cluster.awaitAll();

        nodes.awaitCounts("restarted", PAIR, 0);
        assertThat(nodes.counts("restarted", List.of(1, 2))).containsExactly(4, 4);
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> nodes.partial(1, "restarted", PAIR, named, new byte[1]));
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> nodes.partial(3, "restarted", PAIR, named, new byte[1]));
        assertProblem(ProblemCode.NO_PRESIGNATURE, () -> nodes.pool(1).next("restarted", PAIR));
        nodes.presign("restarted", PAIR, 2);
        assertThat(nodes.counts("restarted", PAIR)).containsExactly(2, 2);
    }

    @Test
    void poolsAgreeAfterAPartWasUsedAtOneNodeOnly() throws Exception {
        nodes.generate("reconciled", Scheme.SCHNORR, Curve.ED25519);
        var made = nodes.presign("reconciled", PAIR, 10);
        for (var name : made.subList(0, 4)) {
            nodes.partial(3, "reconciled", PAIR, name, new byte[1]);
        }
        assertThat(nodes.counts("reconciled", PAIR)).containsExactly(10, 6);
        Thread.sleep(Duration.ofMillis(5_100));

        var handed = new HashSet<PresignatureName>();
        for (int i = 0; i < 6; i++) {
            handed.add(nodes.pool(1).next("reconciled", PAIR));
        }

        assertThat(handed).hasSize(6).isSubsetOf(made.subList(4, 10));
        assertThat(nodes.counts("reconciled", PAIR)).containsExactly(6, 6);
        assertProblem(ProblemCode.NO_PRESIGNATURE, () -> nodes.pool(1).next("reconciled", PAIR));
    }

    @Test
    void tellsTheOthersWhatWasDeleted() throws Exception {
        nodes.generate("deleted", Scheme.SCHNORR, Curve.ED25519);
        var made = nodes.presign("deleted", PAIR, 6);
        nodes.presign("deleted", List.of(1, 2), 3);

        assertThat(nodes.pool(1).delete("deleted", made.getFirst())).isEqualTo(1);
        nodes.awaitCounts("deleted", PAIR, 5);
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> nodes.partial(3, "deleted", PAIR, made.getFirst(), new byte[1]));
        assertThat(nodes.pool(3).delete("deleted")).isEqualTo(5);
        nodes.awaitCounts("deleted", PAIR, 0);
        assertThat(nodes.pool(2).deleteAll()).isGreaterThanOrEqualTo(3);
        nodes.awaitCounts("deleted", List.of(1, 2), 0);
    }

    @Test
    void aDeletedKeyTakesItsPresignaturesWithIt() throws Exception {
        nodes.generate("gone", Scheme.SCHNORR, Curve.ED25519);
        var made = nodes.presign("gone", PAIR, 3);
        cluster.call(3, "admin", "DELETE", "/v1/keys/gone?confirm=gone", null);

        assertProblem(ProblemCode.KEY_DELETED, () -> nodes.partial(3, "gone", PAIR, made.getFirst(), new byte[1]));
        nodes.awaitCounts("gone", PAIR, 0);
    }

    @Test
    void refusesWhatExceedsTheCapBeforeItBegins() throws Exception {
        nodes.generate("capped", Scheme.SCHNORR, Curve.ED25519);
        nodes.presign("capped", PAIR, CAP - 10);
        var id = id();
        assertProblem(ProblemCode.PRESIGNATURE_LIMIT, () -> nodes.pool(1).presign("capped", PAIR, id, 11));
        nodes.presign("capped", PAIR, 10);
        assertThat(nodes.counts("capped", PAIR)).containsExactly(CAP, CAP);
        nodes.pool(1).delete("capped");
    }

    @Test
    void refillsAnIdlePoolUnderTheOrdersOfAll() throws Exception {
        nodes.generate("refilled", Scheme.SCHNORR, Curve.ED25519);
        nodes.pool(1).order("refilled", PAIR, 20);
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(nodes.pool(1).counts("refilled")).isEmpty();

        nodes.pool(3).order("refilled", PAIR, 20);
        nodes.awaitCounts("refilled", PAIR, 20);
        cluster.stop(3);
        cluster.awaitAll();

        assertThat(nodes.pool(3).order("refilled", PAIR)).isEqualTo(20);
        nodes.awaitCounts("refilled", PAIR, 20);
        nodes.pool(1).order("refilled", PAIR, 0);
        nodes.pool(3).order("refilled", PAIR, 0);
        assertThat(nodes.pool(1).order("refilled", PAIR)).isZero();
    }

    @Test
    void aJumpOfTheClockVoidsPresignaturesAndSessions() throws Exception {
        nodes.generate("jumped", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(3);
        var clock = new ShiftedClock();
        cluster.start(3, clock);
        cluster.awaitLinks(2);
        nodes.presign("jumped", PAIR, 5);
        var waiting = callers.submit(() -> nodes.pool(3).presign("jumped", List.of(2, 3), id(), 1));
        Thread.sleep(Duration.ofMillis(500));

        clock.shift = Duration.ofMinutes(5);

        nodes.awaitCounts("jumped", PAIR, 0);
        assertThatThrownBy(waiting::get)
                .satisfies(e -> assertThat(code(Objects.requireNonNull(e.getCause()))).isEqualTo(ProblemCode.CLOCK_JUMPED));
        cluster.awaitLinks(2);
        nodes.presign("jumped", PAIR, 1);
        assertThat(cluster.call(3, "admin", "GET", "/v1/status", null).body())
                .asString(StandardCharsets.UTF_8)
                .contains("clock-jumped");
        cluster.stop(3);
    }

    @Test
    void signsEcdsa() throws Exception {
        var key = nodes.generate("ecdsa", Scheme.ECDSA, Curve.SECP256K1);
        nodes.presign("ecdsa", PAIR, 3);
        assertThat(nodes.counts("ecdsa", PAIR)).containsExactly(3, 3);
        var hash = new byte[32];
        RANDOM.nextBytes(hash);
        var named = nodes.pool(1).next("ecdsa", PAIR);

        var parts = new TreeMap<Integer, Part>();
        for (int player : PAIR) {
            parts.put(player, nodes.ecdsaPart(player, "ecdsa", PAIR, named, hash));
        }

        var sharing = parts.firstEntry().getValue().key().sharing();
        var presignature = new Presignature(
                named.id().bytes(),
                sharing.keyId(),
                sharing.shareId(),
                new byte[0],
                new TreeSet<>(PAIR),
                sharing.group().decodePoint(parts.firstEntry().getValue().nonce()));
        var partials = new TreeMap<Integer, PartialSignature>();
        parts.forEach((player, part) ->
                partials.put(player, new PartialSignature(named.id().bytes(), part.request(), part.share())));
        var signature = FinalStep.of(
                        presignature, sharing, new TreeSet<>(PAIR), PresignatureCallers.ecdsa(sharing.group(), hash))
                .combine(partials, true);
        assertThat(IndependentVerifier.ecdsa(
                        IndependentVerifier.Curve.SECP256K1, key.publicKey().toArray(), hash, signature.compact()))
                .isTrue();
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> nodes.ecdsaPart(1, "ecdsa", PAIR, named, hash));
    }

    private static Map<Integer, Part> sign(
            String keyId, List<Integer> players, PresignatureName name, byte[] message) {
        var parts = new TreeMap<Integer, Part>();
        players.forEach(player -> parts.put(player, nodes.partial(player, keyId, players, name, message)));
        return parts;
    }

    private static byte[] combine(byte[] message, PresignatureName name, Map<Integer, Part> parts) throws Exception {
        var sharing = parts.values().iterator().next().key().sharing();
        var shares = new TreeMap<Integer, PresignedShare>();
        parts.forEach((party, part) -> shares.put(
                party,
                new PresignedShare(
                        new SignatureShare(name.id().bytes(), part.request(), part.share()), part.commitments())));
        return FrostCombination.combine(sharing, SigningRequest.of(sharing.group(), message), name.id(), shares);
    }
}
