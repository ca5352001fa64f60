package quorate.node.key;

import java.util.Collection;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.commit.Octets;
import quorate.node.commit.Commits;
import quorate.node.problem.ProblemException;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;

/** Nodes compare at the start of a session which sharing each holds, so that a stale one is named and left out. */
public final class Freshness {
    private final Commits commits;

    public Freshness(Commits commits) {
        this.commits = commits;
    }

    /**
     * Refuses a session that cannot come to anything.
     *
     * @throws ProblemException PEER_STALE naming who of these players holds an older sharing than this node
     */
    public void require(String keyId, Collection<Integer> players) {
        for (var behind : commits.staleness().behind(keyId)) {
            if (players.contains(behind.player())) {
                throw new ProblemException(Problem.of(ProblemCode.PEER_STALE, behind.detail())
                        .advising("Sign with the other players. " + KeyRing.repair(keyId, behind.player())));
            }
        }
    }

    /** A session found no common sharing: whoever can prove that one of them is over does so now. */
    public void compareAfter(CeremonyException failure, byte[] keyId) {
        if (failure instanceof Disagreement disagreement
                && (disagreement.check() == Check.COM_6 || disagreement.check() == Check.RSH_1)) {
            commits.compare(Octets.of(keyId));
        }
    }
}
