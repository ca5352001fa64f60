package quorate.sdk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.PresignatureLevels;
import quorate.api.PresignaturePool;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/** Finds the players of presignatures: all of them are needed to use one. */
final class PoolSearch {
    /** A presignature id is presigId followed by the beginning of the incarnation of each of its players. */
    private static final int PRESIG_ID_BYTES = 32;

    private static final int INCARNATION_BYTES = 8;

    private final FanOut<TsmClient> nodes;

    PoolSearch(Collection<TsmClient> nodes) {
        this.nodes = new FanOut<>(nodes, TsmClient::player);
    }

    /** Players that all hold presignatures together, none of them among {@code avoided}; the first that are found. */
    List<Integer> playersFor(String keyId, Set<Integer> avoided) {
        var answers = nodes.askUntil(
                client -> client.presignatures(keyId), soFar -> stocked(soFar, avoided).isPresent());
        if (answers.given().isEmpty()) {
            throw Failures.sum(answers.failures());
        }
        return stocked(answers, avoided).orElseThrow(() -> none(keyId, answers));
    }

    private static Optional<List<Integer>> stocked(Answers<PresignatureLevels> answers, Set<Integer> avoided) {
        var holders = new TreeMap<String, Set<Integer>>();
        var pools = new TreeMap<String, PresignaturePool>();
        answers.given().forEach((player, levels) -> levels.pools().stream()
                .filter(pool -> pool.count() > 0)
                .forEach(pool -> {
                    var name = pool.players().toString();
                    pools.putIfAbsent(name, pool);
                    holders.computeIfAbsent(name, n -> new HashSet<>()).add(player);
                }));
        return pools.entrySet().stream()
                .filter(pool -> holders.getOrDefault(pool.getKey(), Set.of())
                        .containsAll(pool.getValue().players()))
                .map(pool -> pool.getValue().players())
                .filter(players -> players.stream().noneMatch(avoided::contains))
                .findFirst();
    }

    private static TsmException none(String keyId, Answers<PresignatureLevels> answers) {
        var why = answers.all().stream()
                .map(answer -> switch (answer) {
                    case NodeAnswer.Given<PresignatureLevels>(int player, PresignatureLevels levels) ->
                        "node " + player + " holds " + levels.count();
                    case NodeAnswer.Failed<PresignatureLevels>(int player, TsmException failure) ->
                        failure.problem().detail();
                })
                .collect(Collectors.joining("; "));
        return new TsmException.Unsettled(Problem.of(
                ProblemCode.NO_PRESIGNATURE, "no players hold presignatures of key " + keyId + " together: " + why));
    }

    /** The players whose running processes made this presignature. */
    List<Integer> playersOf(Bytes presignature) {
        var wanted = incarnations(presignature);
        var answers = nodes.askUntil(
                client -> beginning(client.status().incarnation()),
                soFar -> soFar.given().values().containsAll(wanted));
        var players = answers.given().entrySet().stream()
                .filter(node -> wanted.contains(node.getValue()))
                .map(node -> node.getKey())
                .toList();
        if (players.size() == wanted.size()) {
            return players;
        }
        answers.requireAll();
        throw new TsmException.Unsettled(Problem.of(
                ProblemCode.PRESIGNATURE_SPENT,
                "of the processes that made the presignature only those of nodes " + players + " still run"));
    }

    private static List<Bytes> incarnations(Bytes presignature) {
        var id = presignature.toArray();
        var incarnations = new ArrayList<Bytes>();
        for (int at = PRESIG_ID_BYTES; at + INCARNATION_BYTES <= id.length; at += INCARNATION_BYTES) {
            incarnations.add(Bytes.of(Arrays.copyOfRange(id, at, at + INCARNATION_BYTES)));
        }
        return incarnations;
    }

    private static Bytes beginning(Bytes incarnation) {
        return Bytes.of(Arrays.copyOf(incarnation.toArray(), INCARNATION_BYTES));
    }
}
