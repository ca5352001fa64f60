package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.node.PresignatureCallers.assertProblem;
import static quorate.node.PresignatureCallers.code;
import static quorate.node.RunningCluster.id;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Transcript;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.Presign;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.node.presign.PresignatureName;

/** How presignatures end that nobody used, and requests that make none (protocols.md 15.3, 3.6). */
@Timeout(240)
class PresignatureEndsClusterTest {
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final List<Integer> PAIR = List.of(1, 2);
    private static final List<Integer> OTHERS = List.of(2, 3);

    @TempDir
    static Path folder;

    private static RunningCluster cluster;
    private static PresignatureCallers nodes;
    private static ExecutorService callers;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"));
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

    /** At a node that is a day older, and then at the other too. */
    @Test
    void expireAfterADay() throws Exception {
        nodes.generate("expired", Scheme.SCHNORR, Curve.ED25519);
        cluster.stop(2);
        var clock = new ShiftedClock();
        cluster.start(2, clock, clock::nanos);
        cluster.awaitLinks(2);
        var made = nodes.presign("expired", PAIR, 5);

        clock.shift = Duration.ofHours(24).minusMinutes(5);
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(nodes.counts("expired", PAIR)).containsExactly(5, 5);

        clock.shift = Duration.ofHours(24).plusSeconds(1);
        nodes.awaitCounts("expired", PAIR, 0);

        for (int player : PAIR) {
            assertProblem(
                    ProblemCode.PRESIGNATURE_SPENT,
                    () -> nodes.partial(player, "expired", PAIR, made.getFirst(), new byte[1]));
        }
        assertThat(cluster.call(2, "admin", "GET", "/v1/status", null).body())
                .asString(StandardCharsets.UTF_8)
                .doesNotContain("clock-jumped");
        cluster.stop(2);
    }

    /** A ban takes the presignatures of its pair at both nodes, and no others; new ones are refused. */
    @Test
    void goWithTheBanOfTheirPair() throws Exception {
        nodes.generate("banned", Scheme.ECDSA, Curve.SECP256K1);
        nodes.presign("banned", PAIR, 3);
        var free = nodes.presign("banned", OTHERS, 2);
        var named = nodes.pool(1).next("banned", PAIR);
        new StoredPairs(cluster).replace(cluster.node(2).database(), 2, "banned", 1, StoredPairs::withWrongSeeds);

        var request = new SignRequest(id(), PAIR, Bytes.of(new byte[5]), null);
        var answers = cluster.post(PAIR, RunningCluster.signatures("banned"), player -> request);

        assertThat(answers.of(1).problem().check()).isEqualTo("OTE-2");
        nodes.awaitCounts("banned", PAIR, 0);
        for (int player : PAIR) {
            assertProblem(
                    ProblemCode.PRESIGNATURE_SPENT,
                    () -> nodes.ecdsaPart(player, "banned", PAIR, named, new byte[32]));
            assertProblem(
                    ProblemCode.PAIR_BANNED, () -> nodes.pool(player).presign("banned", PAIR, id().toArray(), 1));
        }
        assertThat(nodes.counts("banned", OTHERS)).containsExactly(2, 2);
        assertThat(nodes.pool(2).next("banned", OTHERS)).isIn(free);
    }

    @Test
    void areNotMadeOfAKeyThatIsNotForThem() throws Exception {
        var generation = new GenerateKey(
                id(), "without", Scheme.SCHNORR, Curve.ED25519, 2, ALL, null, null, null, false);
        assertThat(cluster.post(ALL, "/v1/keys", player -> generation).all()).allMatch(answer -> answer.status() == 201);

        assertProblem(
                ProblemCode.PRESIGNATURES_OFF, () -> nodes.pool(1).presign("without", PAIR, id().toArray(), 1));
        assertProblem(ProblemCode.PRESIGNATURES_OFF, () -> nodes.pool(1).order("without", PAIR, 10));
        var answer = cluster.call(
                1, "user", "POST", "/v1/keys/without/presignatures", new Presign(id(), PAIR, 1));
        assertThat(answer.problem().code()).as(answer.text()).isEqualTo(ProblemCode.PRESIGNATURES_OFF);
        assertThat(nodes.pool(1).counts("without")).isEmpty();
    }

    /** Of three sub-sessions the second finds its id used: the first, beside it, ends well and keeps what it made. */
    @Test
    void ofOneLaneStayWhenTheOtherFails() throws Exception {
        nodes.generate("lanes", Scheme.SCHNORR, Curve.ED25519);
        var id = id().toArray();
        var second = Transcript.of("sub-session").add(id).addU32(1).hash();
        nodes.presign("lanes", PAIR, second, 1);

        var pending = new ArrayList<Future<List<PresignatureName>>>();
        for (int player : PAIR) {
            pending.add(callers.submit(() -> nodes.pool(player).presign("lanes", PAIR, id, 3 * 64)));
        }
        for (var answer : pending) {
            assertThatThrownBy(answer::get).satisfies(e -> assertThat(code(Objects.requireNonNull(e.getCause())))
                    .isEqualTo(ProblemCode.SESSION_USED));
        }

        nodes.awaitCounts("lanes", PAIR, 1 + 64);
        // What was reserved for the others is given back.
        nodes.presign("lanes", PAIR, 64);
        assertThat(nodes.counts("lanes", PAIR)).containsExactly(1 + 2 * 64, 1 + 2 * 64);
    }
}
