package quorate.store;

import java.time.Instant;

/**
 * The public side of a pair state of this node (protocols.md 3.6).
 *
 * @param peer party index of the other
 * @param current whether it was made under the present history of this database; suspended otherwise
 * @param banned whether a ban names it, by this node or by the peer
 * @param wiped whether a ban of the pair took its secret; what is left says which generations there were (PAIR-3)
 * @param sessions how often it was used; every item of a batch counts
 * @param crashed how many sessions began and did not end
 */
public record StoredPairState(
        String keyId,
        Bytes shareId,
        int peer,
        Bytes setup,
        long generation,
        Instant madeAt,
        boolean current,
        boolean banned,
        boolean wiped,
        long sessions,
        int crashed) {
    /** "crashed sessions per pair before suspension", protocols.md 0.1. */
    public static final int MAX_CRASHED = 64;

    /** At which a setup is refused, protocols.md 3.6. */
    public static final long MAX_SESSIONS = 1L << 32;

    /** Whether sessions may use it. */
    public boolean usable() {
        return current && !banned && !wiped && crashed <= MAX_CRASHED && sessions < MAX_SESSIONS;
    }
}
