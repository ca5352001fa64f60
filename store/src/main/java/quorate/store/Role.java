package quorate.store;

/** What a stored sharing is to its key (protocols.md 5.3). A key has at most one of each. */
public enum Role {
    /** Presigning uses it. */
    ACTIVE,
    /** The one before, kept until the operation that replaced it is CLEAN. */
    PREVIOUS,
    /** The result of an operation that is not committed yet. Never offered. */
    PENDING
}
