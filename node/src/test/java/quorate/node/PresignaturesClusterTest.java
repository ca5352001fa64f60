package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Group;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.ecdsa.EcdsaRequest;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.Presignature;
import quorate.frost.FrostCombination;
import quorate.frost.PresignedShare;
import quorate.frost.SignatureShare;
import quorate.frost.SigningRequest;
import quorate.node.presign.Part;
import quorate.node.presign.PresignatureName;
import quorate.node.presign.Presignatures;
import quorate.node.presign.Task;
import quorate.node.problem.ProblemException;
import quorate.rounds.Refused;
import quorate.testkit.verify.IndependentVerifier;

@Timeout(240)
class PresignaturesClusterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final List<Integer> PAIR = List.of(1, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CAP = 300;

    @TempDir
    static Path folder;

    private static RunningCluster cluster;
    private static ExecutorService callers;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"), "presignatures-per-key = " + CAP + "\n");
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stopNodes() {
        callers.shutdownNow();
        cluster.close();
    }

    @BeforeEach
    void allNodesRun() throws Exception {
        cluster.awaitAll();
    }

    @Test
    void makesPresignaturesThatAllHoldAndSignsWithThem() throws Exception {
        var key = generate("made", Scheme.SCHNORR, Curve.ED25519);
        var made = presign("made", PAIR, 100);

        assertThat(made).hasSize(100).doesNotHaveDuplicates();
        assertThat(counts("made", PAIR)).containsExactly(100, 100);
        assertThat(pool(2).counts("made")).isEmpty();

        var message = "any message".getBytes(StandardCharsets.UTF_8);
        var named = pool(1).next("made", PAIR);
        assertThat(made).contains(named);
        var signature = combine(message, named, sign("made", PAIR, named, message));
        assertThat(IndependentVerifier.ed25519(key.publicKey().toArray(), message, signature)).isTrue();
        assertThat(counts("made", PAIR)).containsExactly(99, 99);
        assertThat(pool(1).next("made", PAIR)).isNotEqualTo(named);
    }

    @Test
    void signsBip340() throws Exception {
        var key = generate("bitcoins", Scheme.BIP340, Curve.SECP256K1);
        presign("bitcoins", ALL, 2);
        var message = new byte[32];

        var named = pool(2).next("bitcoins", ALL);
        var signature = combine(message, named, sign("bitcoins", ALL, named, message));

        assertThat(IndependentVerifier.bip340(key.publicKey().toArray(), message, signature)).isTrue();
    }

    @Test
    void grantsOneOfAHundredConcurrentRequests() throws Exception {
        generate("raced", Scheme.SCHNORR, Curve.ED25519);
        presign("raced", PAIR, 1);
        var named = pool(1).next("raced", PAIR);
        var pending = new ArrayList<Future<Part>>();
        for (int i = 0; i < 100; i++) {
            var message = new byte[] {(byte) i};
            pending.add(callers.submit(() -> partial(1, "raced", PAIR, named, message)));
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
        generate("restarted", Scheme.SCHNORR, Curve.ED25519);
        presign("restarted", PAIR, 5);
        presign("restarted", List.of(1, 2), 4);
        var named = pool(1).next("restarted", PAIR);

        cluster.stop(3);
        assertProblem(ProblemCode.PEER_SILENT, () -> pool(1).next("restarted", PAIR));
        cluster.awaitAll();

        awaitCounts("restarted", PAIR, 0);
        assertThat(counts("restarted", List.of(1, 2))).containsExactly(4, 4);
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> partial(1, "restarted", PAIR, named, new byte[1]));
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> partial(3, "restarted", PAIR, named, new byte[1]));
        assertProblem(ProblemCode.NO_PRESIGNATURE, () -> pool(1).next("restarted", PAIR));
        presign("restarted", PAIR, 2);
        assertThat(counts("restarted", PAIR)).containsExactly(2, 2);
    }

    @Test
    void poolsAgreeAfterAPartWasUsedAtOneNodeOnly() throws Exception {
        generate("reconciled", Scheme.SCHNORR, Curve.ED25519);
        var made = presign("reconciled", PAIR, 10);
        for (var name : made.subList(0, 4)) {
            partial(3, "reconciled", PAIR, name, new byte[1]);
        }
        assertThat(counts("reconciled", PAIR)).containsExactly(10, 6);
        Thread.sleep(Duration.ofMillis(5_100));

        var handed = new HashSet<PresignatureName>();
        for (int i = 0; i < 6; i++) {
            handed.add(pool(1).next("reconciled", PAIR));
        }

        assertThat(handed).hasSize(6).isSubsetOf(made.subList(4, 10));
        assertThat(counts("reconciled", PAIR)).containsExactly(6, 6);
        assertProblem(ProblemCode.NO_PRESIGNATURE, () -> pool(1).next("reconciled", PAIR));
    }

    @Test
    void tellsTheOthersWhatWasDeleted() throws Exception {
        generate("deleted", Scheme.SCHNORR, Curve.ED25519);
        var made = presign("deleted", PAIR, 6);
        presign("deleted", List.of(1, 2), 3);

        assertThat(pool(1).delete("deleted", made.getFirst())).isEqualTo(1);
        awaitCounts("deleted", PAIR, 5);
        assertProblem(
                ProblemCode.PRESIGNATURE_SPENT, () -> partial(3, "deleted", PAIR, made.getFirst(), new byte[1]));
        assertThat(pool(3).delete("deleted")).isEqualTo(5);
        awaitCounts("deleted", PAIR, 0);
        assertThat(pool(2).deleteAll()).isGreaterThanOrEqualTo(3);
        awaitCounts("deleted", List.of(1, 2), 0);
    }

    @Test
    void aDeletedKeyTakesItsPresignaturesWithIt() throws Exception {
        generate("gone", Scheme.SCHNORR, Curve.ED25519);
        var made = presign("gone", PAIR, 3);
        cluster.call(3, "admin", "DELETE", "/v1/keys/gone?confirm=gone", null);

        assertProblem(ProblemCode.KEY_DELETED, () -> partial(3, "gone", PAIR, made.getFirst(), new byte[1]));
        awaitCounts("gone", PAIR, 0);
    }

    @Test
    void refusesWhatExceedsTheCapBeforeItBegins() throws Exception {
        generate("capped", Scheme.SCHNORR, Curve.ED25519);
        presign("capped", PAIR, CAP - 10);
        var id = id();
        assertProblem(ProblemCode.PRESIGNATURE_LIMIT, () -> pool(1).presign("capped", PAIR, id, 11));
        presign("capped", PAIR, 10);
        assertThat(counts("capped", PAIR)).containsExactly(CAP, CAP);
        pool(1).delete("capped");
    }

    @Test
    void refillsAnIdlePoolUnderTheOrdersOfAll() throws Exception {
        generate("refilled", Scheme.SCHNORR, Curve.ED25519);
        pool(1).order("refilled", PAIR, 20);
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(pool(1).counts("refilled")).isEmpty();

        pool(3).order("refilled", PAIR, 20);
        awaitCounts("refilled", PAIR, 20);
        cluster.stop(3);
        cluster.awaitAll();

        assertThat(pool(3).order("refilled", PAIR)).isEqualTo(20);
        awaitCounts("refilled", PAIR, 20);
        pool(1).order("refilled", PAIR, 0);
        pool(3).order("refilled", PAIR, 0);
        assertThat(pool(1).order("refilled", PAIR)).isZero();
    }

    @Test
    void aJumpOfTheClockVoidsPresignaturesAndSessions() throws Exception {
        generate("jumped", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(3);
        var clock = new ShiftedClock();
        cluster.start(3, clock);
        cluster.awaitLinks(2);
        presign("jumped", PAIR, 5);
        var waiting = callers.submit(() -> pool(3).presign("jumped", List.of(2, 3), id(), 1));
        Thread.sleep(Duration.ofMillis(500));

        clock.shift = Duration.ofMinutes(5);

        awaitCounts("jumped", PAIR, 0);
        assertThatThrownBy(waiting::get)
                .satisfies(e -> assertThat(code(Objects.requireNonNull(e.getCause()))).isEqualTo(ProblemCode.CLOCK_JUMPED));
        cluster.awaitLinks(2);
        presign("jumped", PAIR, 1);
        assertThat(cluster.call(3, "admin", "GET", "/v1/status", null).body())
                .asString(StandardCharsets.UTF_8)
                .contains("clock-jumped");
        cluster.stop(3);
    }

    @Test
    void signsEcdsa() throws Exception {
        var key = generate("ecdsa", Scheme.ECDSA, Curve.SECP256K1);
        presign("ecdsa", PAIR, 3);
        assertThat(counts("ecdsa", PAIR)).containsExactly(3, 3);
        var hash = new byte[32];
        RANDOM.nextBytes(hash);
        var named = pool(1).next("ecdsa", PAIR);

        var parts = new TreeMap<Integer, Part>();
        for (int player : PAIR) {
            parts.put(player, ecdsaPart(player, named, hash));
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
                        presignature, sharing, new TreeSet<>(PAIR), ecdsa(sharing.group(), hash))
                .combine(partials, true);
        assertThat(IndependentVerifier.ecdsa(
                        IndependentVerifier.Curve.SECP256K1, key.publicKey().toArray(), hash, signature.compact()))
                .isTrue();
        assertProblem(ProblemCode.PRESIGNATURE_SPENT, () -> ecdsaPart(1, named, hash));
    }

    private static Part ecdsaPart(int player, PresignatureName named, byte[] hash) {
        return pool(player)
                .partial(
                        "ecdsa",
                        named.encode(),
                        PAIR,
                        key -> new Task.Ecdsa(ecdsa(key.sharing().group(), hash)));
    }

    private static EcdsaRequest ecdsa(Group group, byte[] hash) {
        try {
            return EcdsaRequest.of(group, hash);
        } catch (Refused e) {
            throw new IllegalStateException(e);
        }
    }

    private static Presignatures pool(int player) {
        return cluster.node(player).presignatures();
    }

    private static KeyInfo generate(String keyId, Scheme scheme, Curve curve) throws Exception {
        var request = new GenerateKey(Bytes.of(id()), keyId, scheme, curve, 2, ALL, null);
        var answers = cluster.post(ALL, "/v1/keys", player -> request);
        for (var answer : answers.all()) {
            assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        }
        return answers.of(1).as(KeyInfo.class);
    }

    private static List<PresignatureName> presign(String keyId, List<Integer> players, int count) throws Exception {
        var id = id();
        var pending = new ArrayList<Future<List<PresignatureName>>>();
        for (int player : players) {
            pending.add(callers.submit(() -> pool(player).presign(keyId, players, id, count)));
        }
        var made = pending.getFirst().get();
        for (var answer : pending) {
            assertThat(answer.get()).isEqualTo(made);
        }
        return made;
    }

    private static Part partial(
            int player, String keyId, List<Integer> players, PresignatureName name, byte[] message) {
        return pool(player)
                .partial(
                        keyId,
                        name.encode(),
                        players,
                        key -> new Task.Schnorr(SigningRequest.of(key.sharing().group(), message)));
    }

    private static Map<Integer, Part> sign(
            String keyId, List<Integer> players, PresignatureName name, byte[] message) {
        var parts = new TreeMap<Integer, Part>();
        players.forEach(player -> parts.put(player, partial(player, keyId, players, name, message)));
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

    private static List<Integer> counts(String keyId, Collection<Integer> players) {
        return players.stream()
                .map(player -> pool(player).counts(keyId).getOrDefault(List.copyOf(players), 0))
                .toList();
    }

    private static void awaitCounts(String keyId, Collection<Integer> players, int count) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!counts(keyId, players).stream().allMatch(held -> held == count) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(20));
        }
        assertThat(counts(keyId, players)).containsOnly(count);
    }

    private static void assertProblem(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(e -> assertThat(code(e)).as(e.toString()).isEqualTo(code));
    }

    private static ProblemCode code(Throwable e) {
        assertThat(e).isInstanceOf(ProblemException.class);
        return ((ProblemException) e).problem().code();
    }

    private static byte[] id() {
        var id = new byte[32];
        RANDOM.nextBytes(id);
        return id;
    }

    private static final class ShiftedClock extends Clock {
        private volatile Duration shift = Duration.ZERO;

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
