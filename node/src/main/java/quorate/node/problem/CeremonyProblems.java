package quorate.node.problem;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Difference;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Term;
import quorate.rounds.Unresponsive;

/** Translates the end of a ceremony, which speaks of parties of a key, into a problem, which speaks of players. */
public final class CeremonyProblems {
    private CeremonyProblems() {}

    /**
     * The problem to report.
     *
     * @param players by party index
     */
    public static Problem of(CeremonyException failure, SortedMap<Integer, Integer> players, Bytes sessionId) {
        var problem =
                switch (failure) {
                    // A ban is the verdict of one side and proves nothing to third parties: it names the pair, never the other.
                    case Misbehaviour misbehaviour when misbehaviour.check().verdict() == Check.Verdict.BAN ->
                        Problem.of(
                                        ProblemCode.PAIR_BANNED,
                                        misbehaviour.check() + " in round " + misbehaviour.round()
                                                + ": the pair of this node with "
                                                + name(misbehaviour.culprits(), players) + " is banned now")
                                .failing(misbehaviour.check().id());
                    case Misbehaviour misbehaviour ->
                        Problem.of(
                                        ProblemCode.PEER_MISBEHAVED,
                                        misbehaviour.check() + " in round " + misbehaviour.round() + ": "
                                                + misbehaviour.detail() + "; broken by "
                                                + name(misbehaviour.culprits(), players))
                                .failing(misbehaviour.check().id())
                                .blaming(players(misbehaviour.culprits(), players));
                    case Disagreement disagreement ->
                        Problem.of(
                                        disagreement.check() == Check.PAIR_2
                                                ? ProblemCode.PAIR_STATE_DIVERGED
                                                : ProblemCode.PEERS_DISAGREE,
                                        detail(disagreement, players))
                                .failing(disagreement.check().id());
                    case Unresponsive unresponsive ->
                        Problem.of(
                                        ProblemCode.PEER_SILENT,
                                        "no message of " + name(unresponsive.silent(), players) + " in round "
                                                + unresponsive.round() + " before the deadline")
                                .missing(players(unresponsive.silent(), players));
                    case Aborted aborted ->
                        Problem.of(
                                ProblemCode.PEER_ABORTED,
                                name(List.of(aborted.by()), players) + " ended the session and reports "
                                        + aborted.reported());
                    case Refused refused ->
                        Problem.of(
                                        refused.isOfBannedPair() ? ProblemCode.PAIR_BANNED : ProblemCode.REFUSED,
                                        String.valueOf(refused.getMessage()))
                                .failing(refused.check().id());
                };
        return problem.inSession(sessionId);
    }

    private static String detail(Disagreement disagreement, SortedMap<Integer, Integer> players) {
        return disagreement.differences().isEmpty()
                ? String.valueOf(disagreement.getMessage())
                : disagreement.check() + ": " + disagreement.differences().stream()
                        .map(difference -> inOurWords(difference, players))
                        .collect(Collectors.joining("; "));
    }

    /** A session compares the degree of a polynomial and indices of parties; users gave thresholds and players. */
    private static String inOurWords(Difference difference, SortedMap<Integer, Integer> players) {
        boolean degree = difference.field().equals(Term.DEGREE.label());
        var field = degree ? "threshold" : difference.field().equals(Term.N.label()) ? "players" : difference.field();
        return field + ": " + difference.said().stream()
                .map(said -> (degree ? String.valueOf(Integer.parseInt(said.value()) + 1) : said.value()) + " at "
                        + name(said.parties(), players))
                .collect(Collectors.joining(", "));
    }

    private static String name(Collection<Integer> parties, SortedMap<Integer, Integer> players) {
        var named = players(parties, players).stream().map(String::valueOf).toList();
        return (named.size() == 1 ? "player " : "players ") + Difference.enumeration(named);
    }

    private static Collection<Integer> players(Collection<Integer> parties, SortedMap<Integer, Integer> players) {
        var named = new TreeSet<Integer>();
        parties.forEach(party -> named.add(players.getOrDefault(party, party)));
        return named;
    }
}
