package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import quorate.algebra.Group;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.ecdsa.EcdsaRequest;
import quorate.frost.SigningRequest;
import quorate.node.presign.Part;
import quorate.node.presign.PresignatureName;
import quorate.node.presign.Presignatures;
import quorate.node.presign.Task;
import quorate.node.problem.ProblemException;
import quorate.rounds.Refused;

/** Callers that ask nodes for presignatures, their parts and their counts. */
final class PresignatureCallers implements AutoCloseable {
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningCluster cluster;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    PresignatureCallers(RunningCluster cluster) {
        this.cluster = cluster;
    }

    Presignatures pool(int player) {
        return cluster.node(player).presignatures();
    }

    KeyInfo generate(String keyId, Scheme scheme, Curve curve) throws Exception {
        var request = new GenerateKey(Bytes.of(id()), keyId, scheme, curve, 2, ALL, null);
        var answers = cluster.post(ALL, "/v1/keys", player -> request);
        for (var answer : answers.all()) {
            assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        }
        return answers.of(1).as(KeyInfo.class);
    }

    List<PresignatureName> presign(String keyId, List<Integer> players, int count) throws Exception {
        return presign(keyId, players, id(), count);
    }

    List<PresignatureName> presign(String keyId, List<Integer> players, byte[] id, int count) throws Exception {
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

    Part partial(
            int player, String keyId, List<Integer> players, PresignatureName name, byte[] message) {
        return pool(player)
                .partial(
                        keyId,
                        name.encode(),
                        players,
                        key -> new Task.Schnorr(SigningRequest.of(key.sharing().group(), message)));
    }

    Part ecdsaPart(int player, String keyId, List<Integer> players, PresignatureName name, byte[] hash) {
        return pool(player)
                .partial(keyId, name.encode(), players, key -> new Task.Ecdsa(ecdsa(key.sharing().group(), hash)));
    }

    static EcdsaRequest ecdsa(Group group, byte[] hash) {
        try {
            return EcdsaRequest.of(group, hash);
        } catch (Refused e) {
            throw new IllegalStateException(e);
        }
    }

    List<Integer> counts(String keyId, Collection<Integer> players) {
        return players.stream()
                .map(player -> pool(player).counts(keyId).getOrDefault(List.copyOf(players), 0))
                .toList();
    }

    void awaitCounts(String keyId, Collection<Integer> players, int count) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!counts(keyId, players).stream().allMatch(held -> held == count) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(20));
        }
        assertThat(counts(keyId, players)).containsOnly(count);
    }

    static void assertProblem(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(e -> assertThat(code(e)).as(e.toString()).isEqualTo(code));
    }

    static ProblemCode code(Throwable e) {
        assertThat(e).isInstanceOf(ProblemException.class);
        return ((ProblemException) e).problem().code();
    }

    static byte[] id() {
        return RunningCluster.id().toArray();
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
