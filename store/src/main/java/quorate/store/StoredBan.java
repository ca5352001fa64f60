package quorate.store;

import java.time.Instant;

/**
 * A signed verdict over a pair state (protocols.md 3.6).
 *
 * @param number bans are numbered in the order in which this node learned of them
 * @param accuser id of the node that raised it
 * @param accused id of the other node of the pair
 * @param reason check id, or {@code returned} for one that a peer gave back
 * @param bytes the signed object
 */
public record StoredBan(
        long number, String keyId, Bytes setup, Bytes accuser, Bytes accused, String reason, Instant madeAt, Bytes bytes) {
    /** Whether it is of the pair of these two nodes, whichever of them raised it. */
    public boolean isBetween(Bytes one, Bytes other) {
        return (accuser.equals(one) && accused.equals(other)) || (accuser.equals(other) && accused.equals(one));
    }
}
