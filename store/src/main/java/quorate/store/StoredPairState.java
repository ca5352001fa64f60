package quorate.store;

import java.time.Instant;
import java.util.Set;

/**
 * The public side of a pair state of this node (protocols.md 3.6).
 *
 * @param peer party index of the other
 * @param current whether it was made under the present history of this database; suspended otherwise
 * @param bannedWith the nodes of whose pairs with this node a ban names it: no ban of another pair than this counts
 * @param wiped whether a ban of the pair took its secret; what is left says which generations there were (PAIR-3)
 * @param sessions how often it was used; every item of a batch counts
 * @param crashed how many sessions began and did not end; those that this process still runs are none of them
 */
public record StoredPairState(
        String keyId,
        Bytes shareId,
        int peer,
        Bytes setup,
        long generation,
        Instant madeAt,
        boolean current,
        Set<Bytes> bannedWith,
        boolean wiped,
        long sessions,
        int crashed) {
    /** "crashed sessions per pair before suspension", protocols.md 0.1. */
    public static final int MAX_CRASHED = 64;

    /** At which a setup is refused, protocols.md 3.6. */
    public static final long MAX_SESSIONS = 1L << 32;

    public StoredPairState {
        bannedWith = Set.copyOf(bannedWith);
    }

    /** Whether a ban of this pair names it, raised by either of the two. {@code peerId}: id of the node of the peer. */
    public boolean banned(Bytes peerId) {
        return bannedWith.contains(peerId);
    }

    /** Whether sessions may use it. {@code peerId}: id of the node of the peer. */
    public boolean usable(Bytes peerId) {
        return current && !banned(peerId) && !wiped && crashed <= MAX_CRASHED && sessions < MAX_SESSIONS;
    }
}
