package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.PauseRequest;
import quorate.api.Presign;
import quorate.api.PresignatureLevels;
import quorate.api.ProblemCode;
import quorate.api.Reshare;
import quorate.api.ResumeRequest;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.node.RunningCluster.Answer;
import quorate.testkit.verify.IndependentVerifier;

@Timeout(180)
class ReshareClusterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));
    private static final Duration SESSION_DEADLINE = Duration.ofSeconds(12);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RunningCluster cluster;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"), "pending-deadline = \"4s\"\n");
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    @BeforeEach
    void allNodesRun() throws Exception {
        cluster.awaitAll();
    }

    @Test
    void everyPairSignsInTheNewEpochUnderTheSamePublicKey() throws Exception {
        var before = generate("renewed", Scheme.SCHNORR, Curve.ED25519);

        var first = reshare("renewed");
        var second = reshare("renewed");

        assertThat(first.epoch()).isEqualTo(1);
        assertThat(second.epoch()).isEqualTo(2);
        assertThat(List.of(first, second)).allSatisfy(after -> {
            assertThat(after.publicKey()).isEqualTo(before.publicKey());
            assertThat(after.chainCode()).isEqualTo(before.chainCode());
            assertThat(after.state()).isEqualTo(KeyState.ACTIVE);
        });
        assertThat(List.of(before.shareId(), first.shareId(), second.shareId())).doesNotHaveDuplicates();
        for (var pair : PAIRS) {
            assertSigns("renewed", before, pair);
        }
        for (int player : ALL) {
            assertThat(show(player, "renewed").offers()).singleElement().satisfies(offer -> assertThat(offer.shareId())
                    .isEqualTo(second.shareId()));
        }
    }

    @Test
    void pairsOfAnEcdsaKeyAreSetUpAnewAndItsPresignaturesAreGone() throws Exception {
        var key = generate("ecdsa", Scheme.ECDSA, Curve.SECP256K1);
        presign("ecdsa", List.of(1, 2), 2);

        reshare("ecdsa");

        for (int player : List.of(1, 2)) {
            await(() -> count(player, "ecdsa") == 0);
        }
        for (var pair : PAIRS) {
            var message = message(pair);
            var signed = sign("ecdsa", pair, message);
            var digest = MessageDigest.getInstance("SHA-256").digest(message);
            assertThat(IndependentVerifier.lowSEcdsa(
                            IndependentVerifier.Curve.SECP256K1,
                            key.publicKey().toArray(),
                            digest,
                            signed.signature().toArray()))
                    .isTrue();
        }
        presign("ecdsa", List.of(1, 2), 2);
        assertThat(count(1, "ecdsa")).isEqualTo(2);
        for (int player : ALL) {
            assertThat(status(player).pairs()).isEmpty();
        }
    }

    @Test
    void aRepeatedRequestJoinsTheOperationAndAnotherOneIsBusyMeanwhile() throws Exception {
        generate("repeated", Scheme.SCHNORR, Curve.ED25519);
        var request = new Reshare(id());
        var first = cluster.post("admin", ALL, path("repeated"), player -> request);
        var second = cluster.post("admin", ALL, path("repeated"), player -> request);

        assertThat(epochs(first.all())).containsOnly(1L);
        assertThat(epochs(second.all())).containsOnly(1L);
        assertThat(operation(1, request.sessionId()).protocol()).isEqualTo(OperationProtocol.RESHARE);
        assertThat(operation(1, request.sessionId()).state()).isEqualTo(OperationState.CLEAN);
    }

    @Test
    void twoResharesAtOnceComeToOneOrNone() throws Exception {
        var key = generate("twice", Scheme.SCHNORR, Curve.ED25519);
        var one = new Reshare(id());
        var other = new Reshare(id());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = List.of(
                    threads.submit(() -> cluster.post("admin", ALL, path("twice"), player -> one)),
                    threads.submit(() -> cluster.post("admin", ALL, path("twice"), player -> other)));
            for (var answer : asked) {
                assertThat(answer.get().all()).hasSize(ALL.size());
            }
        }

        await(() -> ALL.stream().allMatch(player -> status(player).operations().isEmpty()));
        var epochs = ALL.stream().map(player -> show(player, "twice").epoch()).distinct().toList();
        assertThat(epochs).hasSize(1).first().isIn(0L, 1L);
        for (var pair : PAIRS) {
            assertSigns("twice", key, pair);
        }
    }

    @Test
    void aPausedNodeRefuses() throws Exception {
        generate("paused", Scheme.SCHNORR, Curve.ED25519);
        cluster.call(1, "admin", "POST", "/v1/pause", new PauseRequest(null, null, null));
        try {
            assertProblem(
                    cluster.call(1, "admin", "POST", path("paused"), new Reshare(id())), ProblemCode.PAUSED);
        } finally {
            cluster.call(1, "admin", "POST", "/v1/resume", new ResumeRequest(null));
        }
    }

    /** Else the others would wait for it, and keep the key busy, until their deadline. */
    @Test
    void whoeverWaitsForAPausedNodeLearnsItAtOnceAndIsFree() throws Exception {
        generate("waiting", Scheme.SCHNORR, Curve.ED25519);
        cluster.call(3, "admin", "POST", "/v1/pause", new PauseRequest(null, null, null));
        try {
            var request = new Reshare(id());
            long begun = System.nanoTime();
            var answers = cluster.post("admin", ALL, path("waiting"), player -> request);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SESSION_DEADLINE.dividedBy(2));
            answers.all().forEach(answer -> {
                assertProblem(answer, ProblemCode.PAUSED);
                assertThat(answer.problem().detail()).contains("player 3");
            });
        } finally {
            cluster.call(3, "admin", "POST", "/v1/resume", new ResumeRequest(null));
        }
        assertThat(reshare("waiting").epoch()).isEqualTo(1);
    }

    @Test
    void aKeyThatOneNodeRefusesToMakeKeepsNobodyWaiting() throws Exception {
        generate("taken", Scheme.SCHNORR, Curve.ED25519);
        var odd = new GenerateKey(id(), "taken-not", Scheme.SCHNORR, Curve.ED25519, 2, ALL, null);

        long begun = System.nanoTime();
        var answers = cluster.post(ALL, "/v1/keys", player -> player == 2
                ? new GenerateKey(odd.sessionId(), "taken", Scheme.SCHNORR, Curve.ED25519, 2, ALL, null)
                : odd);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SESSION_DEADLINE.dividedBy(2));
        assertProblem(answers.of(2), ProblemCode.KEY_EXISTS);
        assertProblem(answers.of(1), ProblemCode.PEER_ABORTED);
        assertThat(answers.of(1).problem().detail()).contains("player 2", "KEY_EXISTS");
        assertThat(answers.of(3).problem().detail()).contains("player 2", "KEY_EXISTS");
    }

    @Test
    void onlyAnAdministratorMayAndOnlyForAKeyThatIsThere() throws Exception {
        generate("mine", Scheme.SCHNORR, Curve.ED25519);

        assertProblem(cluster.call(1, "user", "POST", path("mine"), new Reshare(id())), ProblemCode.FORBIDDEN);
        assertProblem(
                cluster.call(1, "admin", "POST", path("nothing"), new Reshare(id())), ProblemCode.KEY_NOT_FOUND);
    }

    @Test
    void aReshareWithoutOneOfThePlayersChangesNothing() throws Exception {
        var key = generate("two-of-three", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(3);

        var answers = cluster.post("admin", List.of(1, 2), path("two-of-three"), player -> new Reshare(Bytes.of(new byte[32])));

        answers.all().forEach(answer -> assertProblem(answer, ProblemCode.PEER_SILENT));
        assertSigns("two-of-three", key, List.of(1, 2));
        cluster.awaitAll();
        assertThat(reshare("two-of-three").epoch()).isEqualTo(1);
    }

    @Test
    void aNodeWithItsOldDatabaseIsFoundStaleAndTheOthersSignOn() throws Exception {
        var key = generate("old-disk", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(2);
        var saved = folder.resolve("saved");
        copy(cluster.config(2).resolveSibling("data"), saved);
        cluster.awaitAll();
        reshare("old-disk");
        cluster.stop(2);
        copy(saved, cluster.config(2).resolveSibling("data"));

        startUntilItStays(2);

        await(() -> show(2, "old-disk").state() == KeyState.STALE);
        assertThat(show(2, "old-disk").offers()).isEmpty();
        var refused = cluster.call(
                2, "user", "POST", "/v1/keys/old-disk/signatures", signing(List.of(1, 2), message(List.of(1, 2))));
        assertProblem(refused, ProblemCode.SHARE_STALE);
        assertThat(refused.problem().remedy()).contains("quorate key repair old-disk --node 2");
        assertThat(refused.problem().check()).isEqualTo("TPC-5");
        assertSigns("old-disk", key, List.of(1, 3));
        assertThat(status(2).problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.SHARE_STALE);
            assertThat(problem.remedy()).contains("quorate key repair old-disk --node 2");
        });
        assertThat(status(1).problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.PEER_STALE);
            assertThat(problem.detail()).contains("player 2", "epoch 0");
        });
        assertThat(status(1).events()).anySatisfy(event -> assertThat(event.kind()).isEqualTo("peer-stale"));
        assertThat(status(2).events()).anySatisfy(event -> assertThat(event.kind()).isEqualTo("share-stale"));
        var named = cluster.call(
                1, "user", "POST", "/v1/keys/old-disk/signatures", signing(List.of(1, 2), message(List.of(1, 2))));
        assertProblem(named, ProblemCode.PEER_STALE);
        assertProblem(
                cluster.call(1, "admin", "POST", path("old-disk"), new Reshare(id())), ProblemCode.PEER_STALE);
    }

    /** A database that was put back is noticed, gets a new incarnation, and the process starts again. */
    private static void startUntilItStays(int player) throws Exception {
        cluster.start(player);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!cluster.node(player).ending().isDone() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(cluster.node(player).ending()).isCompletedWithValue(Node.Ending.RESTART);
        cluster.stop(player);
        cluster.awaitAll();
    }

    private static void copy(Path from, Path to) throws Exception {
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
    }

    private static KeyInfo generate(String keyId, Scheme scheme, Curve curve) throws Exception {
        var request = new GenerateKey(id(), keyId, scheme, curve, 2, ALL, null);
        var answers = cluster.post(ALL, "/v1/keys", player -> request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(text(answer)).isEqualTo(201));
        return answers.of(1).as(KeyInfo.class);
    }

    private static KeyInfo reshare(String keyId) throws Exception {
        var request = new Reshare(id());
        var answers = cluster.post("admin", ALL, path(keyId), player -> request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(text(answer)).isEqualTo(200));
        assertThat(answers.all().stream().map(answer -> answer.as(KeyInfo.class).shareId()).distinct())
                .hasSize(1);
        return answers.of(1).as(KeyInfo.class);
    }

    private static void presign(String keyId, List<Integer> players, int count) throws Exception {
        var request = new Presign(id(), players, count);
        var answers = cluster.post(players, "/v1/keys/" + keyId + "/presignatures", player -> request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(text(answer)).isEqualTo(200));
    }

    private static int count(int player, String keyId) throws Exception {
        return cluster.call(player, "user", "GET", "/v1/keys/" + keyId + "/presignatures", null)
                .as(PresignatureLevels.class)
                .count();
    }

    private static KeyInfo show(int player, String keyId) {
        try {
            return cluster.call(player, "user", "GET", "/v1/keys/" + keyId, null).as(KeyInfo.class);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Status status(int player) {
        try {
            return cluster.call(player, "admin", "GET", "/v1/status", null).as(Status.class);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Operation operation(int player, Bytes opId) throws Exception {
        return cluster.call(player, "admin", "GET", "/v1/operations/" + opId.hex(), null).as(Operation.class);
    }

    private static void assertSigns(String keyId, KeyInfo key, List<Integer> players) throws Exception {
        var message = message(players);
        var signed = sign(keyId, players, message);
        assertThat(IndependentVerifier.ed25519(
                        key.publicKey().toArray(), message, signed.signature().toArray()))
                .isTrue();
    }

    private static SignResult sign(String keyId, List<Integer> players, byte[] message) throws Exception {
        var request = signing(players, message);
        var answers = cluster.post(players, "/v1/keys/" + keyId + "/signatures", player -> request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(text(answer)).isEqualTo(200));
        return answers.of(players.getFirst()).as(SignResult.class);
    }

    private static SignRequest signing(List<Integer> players, byte[] message) {
        return new SignRequest(id(), players, Bytes.of(message), null);
    }

    private static byte[] message(Collection<Integer> players) {
        return ("to be signed by " + players).getBytes(StandardCharsets.UTF_8);
    }

    private static List<Long> epochs(Collection<Answer> answers) {
        return answers.stream().map(answer -> answer.as(KeyInfo.class).epoch()).toList();
    }

    private static void assertProblem(Answer answer, ProblemCode code) {
        assertThat(answer.problem().code()).as(text(answer)).isEqualTo(code);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static String text(Answer answer) {
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String path(String keyId) {
        return "/v1/keys/" + keyId + "/reshare";
    }

    private static Bytes id() {
        var id = new byte[32];
        RANDOM.nextBytes(id);
        return Bytes.of(id);
    }
}
