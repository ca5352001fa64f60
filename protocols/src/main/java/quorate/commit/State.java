package quorate.commit;

/** Where an operation stands on this node (protocols.md 5.4). No record at all is the state "none" of the table. */
public enum State {
    PENDING(Verb.PREPARED, true),
    COMMITTED(Verb.COMMITTED, true),
    FROZEN(Verb.FROZEN, true),
    CLEAN(Verb.CLEAN, false),
    REFUSED(Verb.REFUSED, false),
    REVERTED(Verb.FROZEN, false);

    private final Verb announces;
    private final boolean open;

    State(Verb announces, boolean open) {
        this.announces = announces;
        this.open = open;
    }

    /** What a node in this state says, once the state is durable. */
    public Verb announces() {
        return announces;
    }

    /** Whether the operation can still go either way; a node holds at most one open record per key (R0). */
    public boolean isOpen() {
        return open;
    }
}
