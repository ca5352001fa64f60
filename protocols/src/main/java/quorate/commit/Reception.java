package quorate.commit;

import java.util.List;
import java.util.Optional;
import quorate.rounds.Refused;

/**
 * What statements that arrived mean for one operation.
 *
 * @param dropped what is not stored and does not count; the caller knows from whom it came and logs it
 * @param rolledBack an own, authentic statement that this database should know and does not (TPC-4). The
 *     node draws a new dbi, reports and restarts; there is no transition
 * @param noCertificate why the prepared statements of all participants are no certificate (TPC-1). The
 *     operation can never commit: the caller refuses it
 * @param transition to write; afterwards {@link CommitMachine#advance} may have another one
 */
public record Reception(
        List<Dropped> dropped,
        Optional<Statement> rolledBack,
        Optional<Refused> noCertificate,
        Optional<Transition> transition) {

    /** A statement that does not count, and why. Its claimed signer may have nothing to do with it. */
    public record Dropped(Statement statement, Reason reason) {}

    /** Why a statement does not count. */
    public enum Reason {
        /** No configured player has the id of its signer, or the signature is not valid. */
        NOT_AUTHENTIC,
        /** Authentic, but some part of S differs from this node's. */
        ANOTHER_OPERATION
    }

    public Reception {
        dropped = List.copyOf(dropped);
    }
}
