package quorate.node.key;

import java.util.Collection;
import quorate.api.Bytes;
import quorate.node.problem.ProblemException;
import quorate.node.session.Sessions;

/**
 * Requests that every node gets from its own caller: one that a node refuses ends on the others too, which would else wait
 * for it, and keep the key busy, until their deadline.
 */
public final class Declining {
    private final Sessions sessions;

    /** Tells the players of a request that is refused here through {@code sessions}. */
    public Declining(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What answers a request. */
    @FunctionalInterface
    interface Work<T> {
        T answer() throws InterruptedException;
    }

    /**
     * Answers the request of this session, or says to the players of it that this node refused.
     *
     * @param players all of them, this one included or not
     */
    <T> T orTell(Bytes sessionId, Collection<Integer> players, Work<T> work) throws InterruptedException {
        try {
            return work.answer();
        } catch (ProblemException e) {
            tell(sessionId, players, e);
            throw e;
        }
    }

    /** The request of this session was refused. Nothing is said if the session has begun: it has an end of its own. */
    void tell(Bytes sessionId, Collection<Integer> players, ProblemException why) {
        sessions.decline(sessionId.toArray(), players, why.problem().code());
    }
}
