package quorate.sdk;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import quorate.api.ProblemCode;

/**
 * What went wrong at several nodes, as one exception: the cause before its consequences, and every node with its
 * reason.
 */
final class Failures {
    private static final int RANK_PROOF = 0;
    private static final int RANK_DISAGREEMENT = 1;
    private static final int RANK_REFUSAL = 2;
    private static final int RANK_UNREACHABLE = 3;
    private static final int RANK_CONSEQUENCE = 4;

    private Failures() {}

    static TsmException sum(SortedMap<Integer, TsmException> failures) {
        var first = failures.values().stream()
                .min(Comparator.comparingInt(failure -> rank(failure.code())))
                .orElseThrow();
        if (failures.size() == 1) {
            return first;
        }
        var detail = failures.entrySet().stream()
                .map(f -> "node " + f.getKey() + ": " + f.getValue().code() + ", "
                        + f.getValue().problem().detail())
                .collect(Collectors.joining("; "));
        var problem = first.problem().detailed(detail);
        var culprits = union(failures.values(), TsmException::culprits);
        var silent = union(failures.values(), TsmException::silent);
        problem = culprits.isEmpty() ? problem : problem.blaming(culprits);
        problem = silent.isEmpty() ? problem : problem.missing(silent);
        var sum = first.reporting(problem);
        failures.values().forEach(sum::addSuppressed);
        return sum;
    }

    /** Whether waiting for the other nodes is pointless: this node will not do what all must do together. */
    static boolean isFinal(TsmException failure) {
        return switch (failure) {
            case TsmException.Answered answered -> rank(answered.code()) <= RANK_REFUSAL;
            case TsmException.Unanswered unanswered -> true;
            case TsmException.Unsettled unsettled -> true;
            case TsmException.Interrupted interrupted -> true;
        };
    }

    /** Proof of misbehaviour first; that somebody was silent or gave up is mostly a consequence of something else. */
    private static int rank(ProblemCode code) {
        return switch (code) {
            case PEER_MISBEHAVED, NODE_PIN_MISMATCH -> RANK_PROOF;
            case PEERS_DISAGREE, NODES_DISAGREE -> RANK_DISAGREEMENT;
            case NODE_UNREACHABLE, NODE_ANSWER_INVALID, INTERRUPTED -> RANK_UNREACHABLE;
            case PEER_SILENT, PEER_ABORTED, SESSION_USED -> RANK_CONSEQUENCE;
            default -> RANK_REFUSAL;
        };
    }

    private static Collection<Integer> union(
            Collection<TsmException> failures, Function<TsmException, List<Integer>> players) {
        var union = new TreeSet<Integer>();
        failures.forEach(failure -> union.addAll(players.apply(failure)));
        return union;
    }
}
