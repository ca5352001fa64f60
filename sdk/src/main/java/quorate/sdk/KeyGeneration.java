package quorate.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * One key generation: the same request to every player, repeated under the same id while answers are missing, and one
 * result.
 *
 * <p>A player that cannot be reached is found before anything begins, because the others would wait for it until
 * their deadline.
 */
final class KeyGeneration {
    private static final int ROUNDS = 4;

    /** Nodes that have just started may be ready before the last of their links is up. */
    private static final int LOOKS_FOR_LINKS = 6;

    private final Duration betweenRounds;

    KeyGeneration(Duration betweenRounds) {
        this.betweenRounds = betweenRounds;
    }

    KeyInfo run(GenerateKey request, Map<Integer, TsmClient> players) {
        requireReachable(request, players);
        var created = new Answers<KeyInfo>();
        var missing = new TreeMap<>(players);
        for (int round = 1; ; round++) {
            var answers = new FanOut<>(missing.values(), TsmClient::player)
                    .askTogether(client -> client.generateKey(request));
            answers.given().forEach((player, key) -> created.add(new NodeAnswer.Given<>(player, key)));
            missing.keySet().removeAll(answers.given().keySet());
            if (missing.isEmpty()) {
                return settled(request, created);
            }
            boolean unanswered = answers.failures().values().stream().allMatch(KeyGeneration::mayGoOn);
            if (!unanswered || round == ROUNDS) {
                throw inSession(request, answers);
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

    private void requireReachable(GenerateKey request, Map<Integer, TsmClient> players) {
        for (int look = 1; ; look++) {
            var unlinked = unlinked(request.players(), players);
            if (unlinked.isEmpty()) {
                return;
            }
            if (look == LOOKS_FOR_LINKS) {
                throw new TsmException.Unsettled(Problem.of(
                        ProblemCode.NOT_ENOUGH_NODES,
                        "key generation needs links among all of " + request.players() + ": "
                                + String.join("; ", unlinked)));
            }
            pause();
        }
    }

    private static List<String> unlinked(List<Integer> players, Map<Integer, TsmClient> clients) {
        var readiness = new FanOut<>(clients.values(), TsmClient::player).askEach(TsmClient::readiness);
        readiness.requireAll();
        return readiness.given().entrySet().stream()
                .filter(node -> !seesAll(node.getValue(), node.getKey(), players))
                .map(node -> "node " + node.getKey() + " is linked to " + node.getValue().canSignWith())
                .toList();
    }

    private static boolean seesAll(Readiness said, int self, List<Integer> players) {
        return players.stream().allMatch(player -> player == self || said.canSignWith().contains(player));
    }

    private static KeyInfo settled(GenerateKey request, Answers<KeyInfo> created) {
        var view = KeyView.of(created).orElseThrow();
        view.disagreement().ifPresent(problem -> {
            throw new TsmException.Unsettled(problem.inSession(request.sessionId()));
        });
        return view.agreed();
    }

    private static TsmException inSession(GenerateKey request, Answers<KeyInfo> answers) {
        var sum = Failures.sum(answers.failures());
        return sum.problem().sessionId() == null
                ? sum.reporting(sum.problem().inSession(request.sessionId()))
                : sum;
    }

    private void pause() {
        try {
            Thread.sleep(betweenRounds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TsmException.Interrupted(
                    Problem.of(ProblemCode.INTERRUPTED, "interrupted while a key was being generated"));
        }
    }
}
