package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.Json;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.PauseRequest;
import quorate.api.PlayerCard;
import quorate.api.ProblemCode;
import quorate.api.Redistribute;
import quorate.api.Redistributed;
import quorate.api.RedistributedState;
import quorate.api.RegisteredPlayer;
import quorate.api.ResumeRequest;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.node.RunningCluster.Answer;
import quorate.node.RunningCluster.Answers;
import quorate.testkit.verify.IndependentVerifier;

@Timeout(240)
class RedistributionClusterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> THREE = List.of(1, 2, 3);
    private static final List<Integer> FIVE = List.of(1, 2, 3, 4, 5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RunningCluster cluster;

    /** Players 4 and 5 join while the others run. */
    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"), "pending-deadline = \"4s\"\n");
        for (int player : List.of(4, 5)) {
            var card = cluster.add();
            for (int node = 1; node < player; node++) {
                var known = register(node, card).as(RegisteredPlayer.class);
                assertThat(known.added()).isTrue();
                assertThat(known.players()).hasSize(player);
            }
        }
        cluster.awaitLinks(4);
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
    void twoOfThreeBecomeThreeOfFiveWithPlayersThatWereRegisteredMeanwhile() throws Exception {
        var key = generate("grown", Scheme.SCHNORR, Curve.ED25519);

        var answers = redistribute("grown", to(key, FIVE, 3));

        assertThat(answers.all().stream().map(answer -> answer.as(Redistributed.class)))
                .allSatisfy(result -> assertThat(result.state()).isEqualTo(RedistributedState.HOLDS))
                .allSatisfy(result -> {
                    var given = Objects.requireNonNull(result.key());
                    assertThat(given.publicKey()).isEqualTo(key.publicKey());
                    assertThat(given.chainCode()).isEqualTo(key.chainCode());
                    assertThat(given.epoch()).isEqualTo(1);
                    assertThat(given.players()).isEqualTo(FIVE);
                });
        for (var quorum : List.of(List.of(1, 2, 3), List.of(3, 4, 5), List.of(1, 4, 5))) {
            assertSigns("grown", key, quorum);
        }
        assertThat(sign("grown", List.of(1, 2)).all()).noneMatch(answer -> answer.status() == 200);
    }

    @Test
    void fiveBecomeThreeAndWhoLeftCannotSign() throws Exception {
        var key = generate("shrunk", Scheme.SCHNORR, Curve.ED25519);
        var grown = held(redistribute("shrunk", to(key, FIVE, 3)), 1);
        var request = to(grown, List.of(2, 4, 5), 2);

        var answers = redistribute("shrunk", request);

        assertThat(answers.of(1).as(Redistributed.class).state()).isEqualTo(RedistributedState.LEFT);
        assertThat(answers.of(3).as(Redistributed.class).state()).isEqualTo(RedistributedState.LEFT);
        assertThat(held(answers, 2).epoch()).isEqualTo(2);
        for (var pair : List.of(List.of(2, 4), List.of(2, 5), List.of(4, 5))) {
            assertSigns("shrunk", key, pair);
        }
        assertProblem(cluster.call(1, "user", "GET", "/v1/keys/shrunk", null), ProblemCode.KEY_NOT_FOUND);
        var refused = sign("shrunk", List.of(1, 2, 3));
        assertThat(refused.all()).noneMatch(answer -> answer.status() == 200);
        assertProblem(refused.of(1), ProblemCode.KEY_NOT_FOUND);
        // Everybody keeps the signed word of those who left that their shares are destroyed.
        await(() -> Optional.ofNullable(operation(2, request.sessionId()).clean())
                .filter(players -> players.containsAll(List.of(1, 3)))
                .isPresent());
        var operation = operation(1, request.sessionId());
        assertThat(operation.protocol()).isEqualTo(OperationProtocol.REDISTRIBUTION);
        assertThat(operation.state()).isEqualTo(OperationState.CLEAN);
    }

    @Test
    void aNodeInBothCommitteesMaySitInTwoPlaces() throws Exception {
        var key = generate("shifted", Scheme.SCHNORR, Curve.ED25519);

        // Players 2 and 3 are parties 2 and 3 before, 1 and 2 after.
        var answers = redistribute("shifted", to(key, List.of(2, 3, 4), 2, List.of(2, 3)));

        assertThat(answers.of(1).as(Redistributed.class).state()).isEqualTo(RedistributedState.LEFT);
        for (var pair : List.of(List.of(2, 3), List.of(2, 4), List.of(3, 4))) {
            assertSigns("shifted", key, pair);
        }
        // And a player that left takes part again.
        redistribute("shifted", to(held(answers, 2), THREE, 3));
        assertSigns("shifted", key, THREE);
    }

    @Test
    void anEcdsaKeyIsRedistributedWithItsPairs() throws Exception {
        var key = generate("ecdsa", Scheme.ECDSA, Curve.SECP256K1);

        redistribute("ecdsa", to(key, List.of(2, 4, 5), 2, List.of(1, 2)));

        for (var pair : List.of(List.of(2, 4), List.of(4, 5))) {
            var signed = signed("ecdsa", pair);
            var digest = MessageDigest.getInstance("SHA-256").digest(message(pair));
            assertThat(IndependentVerifier.lowSEcdsa(
                            IndependentVerifier.Curve.SECP256K1,
                            key.publicKey().toArray(),
                            digest,
                            signed.signature().toArray()))
                    .isTrue();
        }
        assertThat(status(4).pairs()).isEmpty();
    }

    @Test
    void aLostNodeIsReplacedAndFindsItselfStaleWhenItComesBack() throws Exception {
        var key = generate("replaced", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(3);

        var request = new Redistribute(
                id(), null, List.of(1, 2, 4), 2, List.of(1, 2), List.of(3), Scheme.SCHNORR, Curve.ED25519, 2, THREE,
                key.point());
        redistribute("replaced", request);

        assertSigns("replaced", key, List.of(1, 4));
        cluster.start(3);
        await(() -> show(3, "replaced").state() == KeyState.STALE);
        assertThat(sign("replaced", List.of(1, 3)).all()).noneMatch(answer -> answer.status() == 200);
        assertSigns("replaced", key, List.of(2, 4));
        // With what it still has it deals nothing.
        var dealing = cluster.call(3, "admin", "POST", path("replaced"), to(key, THREE, 2, List.of(1, 3)));
        assertProblem(dealing, ProblemCode.SHARE_STALE);
        assertProblem(
                cluster.call(1, "admin", "POST", path("replaced"), to(key, THREE, 2, List.of(1, 3))),
                ProblemCode.PEERS_DISAGREE);
    }

    @Test
    void aSecondOperationIsBusyMeanwhile() throws Exception {
        var key = generate("busy", Scheme.SCHNORR, Curve.ED25519);
        var alone = to(key, List.of(1, 2, 4), 2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> cluster.call(1, "admin", "POST", path("busy"), alone));
            var path = "/v1/operations/" + alone.sessionId().hex();
            await(() -> cluster.call(1, "admin", "GET", path, null).status() == 200);
            assertThat(operation(1, alone.sessionId()).state()).isEqualTo(OperationState.RUNNING);

            var second = cluster.call(1, "admin", "POST", path("busy"), to(key, FIVE, 3));
            assertProblem(second, ProblemCode.BUSY);
            assertThat(second.problem().operation()).isNotNull();

            assertProblem(first.get(), ProblemCode.PEER_SILENT);
        }
        assertSigns("busy", key, List.of(1, 2));
    }

    @Test
    void aCopyHasItsOwnPlayersAndTheKeyStays() throws Exception {
        var key = generate("original", Scheme.SCHNORR, Curve.ED25519);
        var request = copy(key, "copied", List.of(3, 4, 5), 2);

        var answers = redistribute("original", request);

        assertThat(answers.of(1).as(Redistributed.class).state()).isEqualTo(RedistributedState.DEALT);
        var copied = held(answers, 5);
        assertThat(copied.keyId()).isEqualTo("copied");
        assertThat(copied.epoch()).isZero();
        assertThat(copied.publicKey()).isEqualTo(key.publicKey());
        assertThat(copied.shareId()).isNotEqualTo(key.shareId());
        assertSigns("copied", key, List.of(4, 5));
        assertSigns("original", key, List.of(1, 3));
        assertThat(show(1, "original").shareId()).isEqualTo(key.shareId());

        var again = redistribute("original", request);
        assertThat(again.of(2).as(Redistributed.class).state()).isEqualTo(RedistributedState.DEALT);
        assertThat(held(again, 4).shareId()).isEqualTo(copied.shareId());
        assertThat(operation(4, request.sessionId()).protocol()).isEqualTo(OperationProtocol.COPY);
    }

    @Test
    void aNodeMayDealAndReceiveACopy() throws Exception {
        var key = generate("both", Scheme.ECDSA, Curve.P256);

        redistribute("both", copy(key, "both-copied", List.of(2, 3, 5), 3));

        signed("both-copied", List.of(2, 3, 5));
        signed("both", List.of(1, 2));
    }

    @Test
    void aCopyUnderAnIdThatIsTakenIsRefused() throws Exception {
        var key = generate("taken", Scheme.SCHNORR, Curve.ED25519);

        var answers = ask("taken", copy(key, "taken-too", List.of(2, 3), 2));
        assertThat(answers.all()).allMatch(answer -> answer.status() == 200);
        var second = ask("taken", copy(key, "taken-too", List.of(2, 3), 2));

        assertProblem(second.of(2), ProblemCode.KEY_EXISTS);
        assertThat(show(2, "taken-too").state()).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        var key = generate("refused", Scheme.SCHNORR, Curve.ED25519);
        var other = generate("refused-other", Scheme.SCHNORR, Curve.ED25519);

        var wrongKey = new Redistribute(
                id(), null, FIVE, 3, List.of(1, 2), null, Scheme.SCHNORR, Curve.ED25519, 2, THREE, other.point());
        var answers = ask("refused", wrongKey);
        assertProblem(answers.of(1), ProblemCode.PEERS_DISAGREE);
        assertThat(answers.of(1).problem().check()).isEqualTo("RSH-5");

        assertProblem(ask("refused", to(key, List.of(1, 2, 7), 2)).of(1), ProblemCode.PLAYER_UNKNOWN);
        var written = new String(Json.write(to(key, List.of(1, 2, 4), 2)), StandardCharsets.UTF_8);
        var tooMany = written.replace("\"newThreshold\":2", "\"newThreshold\":4");
        assertProblem(
                cluster.call(1, "admin", "POST", path("refused"), tooMany.getBytes(StandardCharsets.UTF_8)),
                ProblemCode.BAD_REQUEST);
        assertProblem(
                cluster.call(1, "user", "POST", path("refused"), to(key, FIVE, 3)), ProblemCode.FORBIDDEN);
        assertProblem(
                cluster.call(5, "admin", "POST", path("refused"), to(key, List.of(1, 2, 4), 2)),
                ProblemCode.BAD_REQUEST);
        assertThat(show(1, "refused").epoch()).isZero();
        assertSigns("refused", key, List.of(2, 3));
    }

    @Test
    void aPausedNodeTakesNoPart() throws Exception {
        var key = generate("paused", Scheme.SCHNORR, Curve.ED25519);
        cluster.call(4, "admin", "POST", "/v1/pause", new PauseRequest(null, "test", null));
        try {
            assertProblem(ask("paused", to(key, List.of(1, 2, 4), 2)).of(4), ProblemCode.PAUSED);
        } finally {
            cluster.call(4, "admin", "POST", "/v1/resume", new ResumeRequest(null));
        }
        await(() -> THREE.stream().allMatch(player -> status(player).operations().isEmpty()));
        assertSigns("paused", key, List.of(1, 2));
    }

    @Test
    void theIdentityOfAPlayerNeverChangesByRegistration() throws Exception {
        var known = cluster.card(4);
        var again = register(1, known).as(RegisteredPlayer.class);
        assertThat(again.added()).isFalse();
        assertThat(again.players()).isEqualTo(FIVE);

        var other = cluster.card(5);
        var swapped = new PlayerCard(
                4, known.mpc(), known.api(), other.tlsPin(), other.statementKey(), other.apiPin());
        assertProblem(register(1, swapped), ProblemCode.PLAYER_EXISTS);
        var first = cluster.card(1);
        var ofTheFile =
                new PlayerCard(2, first.mpc(), first.api(), other.tlsPin(), first.statementKey(), first.apiPin());
        assertProblem(register(1, ofTheFile), ProblemCode.PLAYER_EXISTS);
        var moved = new PlayerCard(
                4, "127.0.0.1:1", known.api(), known.tlsPin(), known.statementKey(), known.apiPin());
        assertProblem(register(1, moved), ProblemCode.PLAYER_EXISTS);
        var twin = new PlayerCard(
                6, "127.0.0.1:1", "127.0.0.1:2", known.tlsPin(), other.statementKey(), first.apiPin());
        assertProblem(register(1, twin), ProblemCode.PLAYER_EXISTS);
        var gap = new PlayerCard(
                7, "127.0.0.1:1", "127.0.0.1:2", known.tlsPin(), other.statementKey(), first.apiPin());
        assertProblem(register(1, gap), ProblemCode.BAD_REQUEST);
        assertProblem(cluster.call(1, "user", "POST", "/v1/players", known), ProblemCode.FORBIDDEN);
        assertThat(status(1).peers()).hasSize(4);
    }

    private static Redistribute to(KeyInfo key, List<Integer> players, int threshold) {
        return to(key, players, threshold, key.players().subList(0, key.threshold()));
    }

    private static Redistribute to(KeyInfo key, List<Integer> players, int threshold, List<Integer> dealers) {
        return request(key, null, players, threshold, dealers);
    }

    private static Redistribute copy(KeyInfo key, String newKeyId, List<Integer> players, int threshold) {
        return request(key, newKeyId, players, threshold, key.players().subList(0, key.threshold()));
    }

    private static Redistribute request(
            KeyInfo key, @Nullable String newKeyId, List<Integer> players, int threshold, List<Integer> dealers) {
        return new Redistribute(
                id(), newKeyId, players, threshold, dealers, null, key.scheme(), key.curve(), key.threshold(),
                key.players(), key.point());
    }

    private static Answers redistribute(String keyId, Redistribute request) throws Exception {
        var answers = ask(keyId, request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        return answers;
    }

    private static Answers ask(String keyId, Redistribute request) throws Exception {
        var players = new TreeSet<>(request.copies() ? request.dealers() : request.players());
        players.addAll(request.newPlayers());
        players.removeAll(request.gone());
        players.removeIf(player -> player > FIVE.size());
        return cluster.post("admin", players, path(keyId), player -> request);
    }

    private static KeyInfo held(Answers answers, int player) {
        return Objects.requireNonNull(answers.of(player).as(Redistributed.class).key());
    }

    private static Answer register(int node, PlayerCard card) throws Exception {
        return cluster.call(node, "admin", "POST", "/v1/players", card);
    }

    private static KeyInfo generate(String keyId, Scheme scheme, Curve curve) throws Exception {
        var request = new GenerateKey(id(), keyId, scheme, curve, 2, THREE, null);
        var answers = cluster.post(THREE, "/v1/keys", player -> request);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(201));
        return answers.of(1).as(KeyInfo.class);
    }

    private static KeyInfo show(int player, String keyId) throws IOException, InterruptedException {
        return cluster.call(player, "user", "GET", "/v1/keys/" + keyId, null).as(KeyInfo.class);
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
        var signed = signed(keyId, players);
        assertThat(IndependentVerifier.ed25519(
                        key.publicKey().toArray(), message(players), signed.signature().toArray()))
                .isTrue();
    }

    private static SignResult signed(String keyId, List<Integer> players) throws Exception {
        var answers = sign(keyId, players);
        assertThat(answers.all()).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        return answers.of(players.getFirst()).as(SignResult.class);
    }

    private static Answers sign(String keyId, List<Integer> players) throws Exception {
        var request = new SignRequest(id(), players, Bytes.of(message(players)), null);
        return cluster.post(players, RunningCluster.signatures(keyId), player -> request);
    }

    private static byte[] message(Collection<Integer> players) {
        return ("to be signed by " + players).getBytes(StandardCharsets.UTF_8);
    }

    private static void assertProblem(Answer answer, ProblemCode code) {
        assertThat(answer.problem().code()).as(answer.text()).isEqualTo(code);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static String path(String keyId) {
        return "/v1/keys/" + keyId + "/redistribute";
    }

    private static Bytes id() {
        var id = new byte[32];
        RANDOM.nextBytes(id);
        return Bytes.of(id);
    }
}
