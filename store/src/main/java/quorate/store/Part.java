package quorate.store;

/** What an operation does to the sharing of this node. */
public enum Part {
    /** A key generated or copied under a new id: neither a live key nor a tombstone may have the id. */
    NEW_KEY,
    /** A key imported: a tombstone of its id does not refuse it (protocols.md 7.3). */
    IMPORTED_KEY,
    /** A reshare in which this node's sharing is replaced. */
    STAYS,
    /** A reshare by which this node, holding no sharing, gets one. */
    JOINS,
    /** A reshare by which this node, holding a sharing, gets none. */
    LEAVES;

    /** Whether the key itself is new, so that there is nothing to fall back on before CLEAN. */
    boolean makesKey() {
        return this == NEW_KEY || this == IMPORTED_KEY;
    }

    /** Whether the commit replaces a sharing of this node. */
    boolean replacesSharing() {
        return this == STAYS || this == LEAVES;
    }
}
