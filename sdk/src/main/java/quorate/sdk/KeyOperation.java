package quorate.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * One operation that makes or changes a key: the same request to every player, repeated under the same id while answers
 * are missing, and one result.
 *
 * <p>A player that cannot be reached is found before anything begins, because the others would wait for it until
 * their deadline.
 *
 * @param <N> what asks a node
 */
final class KeyOperation<N> {
    private static final int ROUNDS = 4;

    /** Nodes that have just started may be ready before the last of their links is up. */
    private static final int LOOKS_FOR_LINKS = 6;

    private final String name;
    private final Duration betweenRounds;
    private final Map<Integer, N> players;
    private final ToIntFunction<N> player;
    private final Function<N, Readiness> readiness;

    /**
     * @param name for messages: {@code key generation}
     * @param players who must all take part
     */
    KeyOperation(
            String name,
            Duration betweenRounds,
            Map<Integer, N> players,
            ToIntFunction<N> player,
            Function<N, Readiness> readiness) {
        this.name = name;
        this.betweenRounds = betweenRounds;
        this.players = players;
        this.player = player;
        this.readiness = readiness;
    }

    KeyInfo run(Bytes sessionId, Function<N, KeyInfo> request) {
        return settled(sessionId, collect(sessionId, request));
    }

    /** The answers of all players. */
    <R> Answers<R> collect(Bytes sessionId, Function<N, R> request) {
        requireReachable();
        var collected = new Answers<R>();
        var missing = new TreeMap<>(players);
        for (int round = 1; ; round++) {
            var answers = new FanOut<>(missing.values(), player).askTogether(request);
            answers.given().forEach((player, answer) -> collected.add(new NodeAnswer.Given<>(player, answer)));
            missing.keySet().removeAll(answers.given().keySet());
            if (missing.isEmpty()) {
                return collected;
            }
            boolean unanswered = answers.failures().values().stream().allMatch(KeyOperation::mayGoOn);
            if (!unanswered || round == ROUNDS) {
                throw inSession(sessionId, answers);
            }
            pause();
        }
    }

    /** Without an answer the operation may have gone on; the same request joins it. */
    private static boolean mayGoOn(TsmException failure) {
        return switch (failure) {
            case TsmException.Unanswered unanswered -> unanswered.code() == ProblemCode.NODE_UNREACHABLE;
            case TsmException.Answered answered ->
                answered.code() == ProblemCode.PEER_SILENT && answered.problem().operation() != null;
            case TsmException.Unsettled unsettled -> false;
            case TsmException.Interrupted interrupted -> false;
        };
    }

    private void requireReachable() {
        for (int look = 1; ; look++) {
            var unlinked = unlinked();
            if (unlinked.isEmpty()) {
                return;
            }
            if (look == LOOKS_FOR_LINKS) {
                throw new TsmException.Unsettled(Problem.of(
                        ProblemCode.NOT_ENOUGH_NODES,
                        name + " needs links among all of " + players.keySet() + ": "
                                + String.join("; ", unlinked)));
            }
            pause();
        }
    }

    private List<String> unlinked() {
        var said = new FanOut<>(players.values(), player).askEach(readiness);
        said.requireAll();
        return said.given().entrySet().stream()
                .filter(node -> !seesAll(node.getValue(), node.getKey(), players.keySet()))
                .map(node -> "node " + node.getKey() + " is linked to " + node.getValue().canSignWith())
                .toList();
    }

    private static boolean seesAll(Readiness said, int self, Set<Integer> players) {
        return players.stream().allMatch(player -> player == self || said.canSignWith().contains(player));
    }

    /** What all of them hold alike. */
    static KeyInfo settled(Bytes sessionId, Answers<KeyInfo> created) {
        var view = KeyView.of(created).orElseThrow();
        view.disagreement().ifPresent(problem -> {
            throw new TsmException.Unsettled(problem.inSession(sessionId));
        });
        return view.agreed();
    }

    private static TsmException inSession(Bytes sessionId, Answers<?> answers) {
        var sum = Failures.sum(answers.failures());
        return sum.problem().sessionId() == null
                ? sum.reporting(sum.problem().inSession(sessionId))
                : sum;
    }

    private void pause() {
        try {
            Thread.sleep(betweenRounds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TsmException.Interrupted(
                    Problem.of(ProblemCode.INTERRUPTED, "interrupted during " + name));
        }
    }
}
