package quorate.commit;

/**
 * One step of the table of protocols.md 5.4: a change, and what may be said once it is durable. What may be
 * said comes out of {@link #writeTo} alone, so it cannot be sent before the write. A transition that is
 * dropped unwritten has not happened.
 */
public final class Transition {
    private final Change change;
    private final Outgoing announcement;

    Transition(Change change, Outgoing announcement) {
        this.change = change;
        this.announcement = announcement;
    }

    public Change change() {
        return change;
    }

    /** Writes the change, then hands out what to send. */
    public <E extends Exception> Outgoing writeTo(Ledger<E> ledger) throws E {
        ledger.write(change);
        return announcement;
    }
}
