package quorate.store;

/** What a statement says (protocols.md 5.4). */
public enum Verb {
    PREPARED,
    COMMITTED,
    REFUSED,
    FROZEN,
    CLEAN
}
