package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.node.RunningCluster.id;
import static quorate.node.RunningCluster.signatures;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.Pair;
import quorate.api.PairApproval;
import quorate.api.PairState;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.node.RunningCluster.Answer;
import quorate.node.RunningCluster.Answers;
import quorate.store.Database;
import quorate.store.StoredPairState;
import quorate.testkit.verify.IndependentVerifier;

/** Pair states of three nodes that run: missing, worn, suspended, banned, approved (protocols.md 3.6). */
@Timeout(240)
class PairsClusterTest {
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final int ATTEMPTS = 5;

    @TempDir
    static Path folder;

    private static RunningCluster cluster;
    private static StoredPairs pairs;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"));
        pairs = new StoredPairs(cluster);
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
    void aNodeWhoseOtMessageIsWrongIsBannedUntilBothNodesApprove() throws Exception {
        var key = generate("cheated");
        pairs.stopped(2, database -> pairs.replace(database, 2, "cheated", 1, StoredPairs::withWrongSeeds));
        cluster.awaitAll();

        var cheated = request(List.of(1, 2), "a");
        var answers = cluster.post(List.of(1, 2), signatures("cheated"), player -> cheated);

        assertThat(answers.of(1).problem().code()).isEqualTo(ProblemCode.PAIR_BANNED);
        assertThat(answers.of(1).problem().check()).isEqualTo("OTE-2");
        assertThat(answers.of(2).status()).isNotEqualTo(200);
        var raised = pairs(1, "cheated");
        assertThat(raised).singleElement().satisfies(pair -> {
            assertThat(pair.players()).containsExactly(1, 2);
            assertThat(pair.state()).isEqualTo(PairState.BANNED);
            assertThat(pair.check()).isEqualTo("OTE-2");
            assertThat(pair.by()).isEqualTo(1);
        });
        assertThat(pairs(2, "cheated")).singleElement().satisfies(pair -> {
            assertThat(pair.players()).containsExactly(1, 2);
            assertThat(pair.state()).isEqualTo(PairState.BANNED);
            assertThat(pair.by()).isEqualTo(1);
        });
        assertThat(pairs(3, "cheated")).isEmpty();
        assertSigns("cheated", key, List.of(1, 3));
        assertSigns("cheated", key, List.of(2, 3));

        // The ban concerns neither another key, nor a set-up of either node with the third.
        assertSigns("honest", generate("honest"), List.of(1, 2));
        pairs.stopped(3, Database::newDatabaseIncarnation);
        cluster.awaitAll();
        assertThat(pairs(3, "cheated")).extracting(Pair::state).containsOnly(PairState.SUSPENDED).hasSize(2);
        assertSigns("cheated", key, List.of(1, 3));
        assertSigns("cheated", key, List.of(2, 3));

        cluster.stop(1);
        cluster.awaitAll();
        assertRefused("cheated", List.of(1, 2));

        assertThat(approve(1, "cheated", 2).state()).isEqualTo(ApprovalState.APPROVED);
        var one = cluster.post(List.of(1, 2), signatures("cheated"), player -> request(List.of(1, 2), "b"));
        assertThat(one.of(1).status()).isNotEqualTo(200);
        assertThat(one.of(2).problem().code()).isEqualTo(ProblemCode.PAIR_BANNED);
        assertThat(pairs(2, "cheated")).extracting(Pair::state).containsExactly(PairState.BANNED);

        approve(2, "cheated", 1);
        assertSigns("cheated", key, List.of(1, 2));
        assertThat(approve(1, "cheated", 2).state()).isEqualTo(ApprovalState.DONE);
        assertThat(approve(2, "cheated", 1).state()).isEqualTo(ApprovalState.DONE);
        pairs.stopped(1, database -> assertThat(StoredPairs.states(database, "cheated", 2)).singleElement().satisfies(state -> {
            assertThat(state.generation()).as("PAIR-3").isEqualTo(1);
            assertThat(state.crashed()).isZero();
        }));
    }

    @Test
    void theFirstSessionMakesAPairStateThatIsMissing() throws Exception {
        var key = generate("missing");
        for (int player : List.of(1, 2)) {
            pairs.stopped(player, database -> pairs.remove(player, "missing", 3 - player));
        }
        cluster.awaitAll();
        assertThat(pairs(1, "missing")).extracting(Pair::state).containsExactly(PairState.SUSPENDED);

        assertSigns("missing", key, List.of(1, 2));

        assertThat(pairs(1, "missing")).isEmpty();
        assertThat(pairs(2, "missing")).isEmpty();
    }

    @Test
    void aPairWithoutACommonStateIsSetUpAnew() throws Exception {
        var key = generate("diverged");
        pairs.stopped(2, database -> pairs.replace(database, 2, "diverged", 1, UnaryOperator.identity(), new byte[32]));
        cluster.awaitAll();
        assertThat(pairs(1, "diverged")).isEmpty();
        assertThat(pairs(2, "diverged")).isEmpty();

        assertSigns("diverged", key, List.of(1, 2));
    }

    @Test
    void aStateWithTooManyCrashedSessionsIsReplaced() throws Exception {
        var key = generate("crashed");
        pairs.stopped(1, database -> {
            var state = StoredPairs.states(database, "crashed", 2).getFirst();
            for (int session = 0; session <= StoredPairState.MAX_CRASHED; session++) {
                database.pairStates().began("crashed", state.shareId(), List.of(state.setup()), 1);
            }
        });
        cluster.awaitAll();
        assertThat(pairs(1, "crashed")).extracting(Pair::state).containsExactly(PairState.SUSPENDED);

        assertSigns("crashed", key, List.of(1, 2));

        pairs.stopped(1, database -> assertThat(StoredPairs.states(database, "crashed", 2))
                .singleElement()
                .satisfies(state -> assertThat(state.generation()).isEqualTo(1)));
    }

    @Test
    void aRepeatedGenerationWithOtherAttributesIsRefused() throws Exception {
        var id = id();
        cluster.post(ALL, "/v1/keys", player -> generation(id, "attributes", "coins", false));

        for (var other : List.of(
                generation(id, "attributes", "coins", true),
                generation(id, "attributes", "other coins", false),
                generation(id, "attributes", null, false))) {
            var answer = cluster.call(1, "user", "POST", "/v1/keys", other);
            assertThat(answer.problem().code()).isEqualTo(ProblemCode.SESSION_USED);
        }
        var again = cluster.call(1, "user", "POST", "/v1/keys", generation(id, "attributes", "coins", false));
        assertThat(again.as(KeyInfo.class).purpose()).isEqualTo("coins");
    }

    private static List<Pair> pairs(int player, String keyId) throws Exception {
        return cluster.call(player, "admin", "GET", "/v1/status", null).as(Status.class).pairs().stream()
                .filter(pair -> pair.keyId().equals(keyId))
                .toList();
    }

    private static PairApproval approve(int player, String keyId, int peer) throws Exception {
        return cluster.call(player, "admin", "POST", "/v1/keys/" + keyId + "/pairs/" + peer + "/approval", null)
                .as(PairApproval.class);
    }

    private static KeyInfo generate(String keyId) throws Exception {
        var request = generation(id(), keyId, null, false);
        var answers = cluster.post(ALL, "/v1/keys", player -> request);
        return answers.of(1).as(KeyInfo.class);
    }

    private static GenerateKey generation(Bytes id, String keyId, @Nullable String purpose, boolean messagesOnly) {
        return new GenerateKey(
                id, keyId, Scheme.ECDSA, Curve.SECP256K1, 2, ALL, purpose, null, messagesOnly, null);
    }

    private static void assertRefused(String keyId, List<Integer> players) throws Exception {
        var request = request(players, "refused");
        for (var answer : cluster.post(players, signatures(keyId), player -> request).all()) {
            assertThat(answer.problem().code()).isEqualTo(ProblemCode.PAIR_BANNED);
        }
    }

    /** A pair that is just being set up makes one caller come again (PAIR-2). */
    private static void assertSigns(String keyId, KeyInfo key, List<Integer> players) throws Exception {
        for (int attempt = 1; ; attempt++) {
            var text = "signed by " + players;
            var request = request(players, text);
            var answers = cluster.post(players, signatures(keyId), player -> request);
            if (answers.all().stream().allMatch(answer -> answer.status() == 200)) {
                assertVerifies(answers, players, key, text);
                return;
            }
            assertThat(attempt).as(texts(answers)).isLessThan(ATTEMPTS);
            Thread.sleep(200);
        }
    }

    private static void assertVerifies(Answers answers, Collection<Integer> players, KeyInfo key, String text)
            throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        for (int player : players) {
            var signature = answers.of(player).as(SignResult.class).signature().toArray();
            assertThat(IndependentVerifier.ecdsa(
                            IndependentVerifier.Curve.SECP256K1, key.publicKey().toArray(), digest, signature))
                    .isTrue();
        }
    }

    private static String texts(Answers answers) {
        return String.join(
                " | ",
                answers.all().stream()
                        .map(Answer::text)
                        .toList());
    }

    private static SignRequest request(List<Integer> players, String text) {
        return new SignRequest(id(), players, Bytes.of(text.getBytes(StandardCharsets.UTF_8)), null);
    }
}
