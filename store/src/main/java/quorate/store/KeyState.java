package quorate.store;

/** How a key stands on this node. */
public enum KeyState {
    /** Its generation, copy or import is not CLEAN yet; nothing is offered (protocols.md 1.1). */
    NEW,
    /** Its sharings are offered (protocols.md 5.3). */
    USABLE,
    /** Its sharing was proven to be abandoned; nothing is offered until it is repaired (protocols.md 5.4, TPC-5). */
    STALE,
    /** The key exists and this node has no share of it: it left the committee, or never joined. */
    ABSENT
}
