package quorate.node.problem;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
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
        var detail = failure.getMessage();
        var problem =
                switch (failure) {
                    case Misbehaviour misbehaviour ->
                        Problem.of(ProblemCode.PEER_MISBEHAVED, detail)
                                .failing(misbehaviour.check().id())
                                .blaming(players(misbehaviour.culprits(), players));
                    case Disagreement disagreement ->
                        Problem.of(ProblemCode.PEERS_DISAGREE, detail)
                                .failing(disagreement.check().id());
                    case Unresponsive unresponsive ->
                        Problem.of(ProblemCode.PEER_SILENT, detail)
                                .missing(players(unresponsive.silent(), players));
                    case Aborted aborted -> Problem.of(ProblemCode.PEER_ABORTED, detail);
                    case Refused refused ->
                        Problem.of(ProblemCode.REFUSED, detail).failing(refused.check().id());
                };
        return problem.inSession(sessionId);
    }

    private static Collection<Integer> players(Collection<Integer> parties, SortedMap<Integer, Integer> players) {
        var named = new TreeSet<Integer>();
        parties.forEach(party -> named.add(players.getOrDefault(party, party)));
        return named;
    }
}
