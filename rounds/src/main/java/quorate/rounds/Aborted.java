package quorate.rounds;

/** A peer ended the session; its reason is its own report and proves nothing to us (protocols.md 0.7). */
public final class Aborted extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final int by;
    private final Check.Verdict reported;

    public Aborted(int by, Check.Verdict reported) {
        super("party " + by + " aborted the session and reports " + reported);
        this.by = by;
        this.reported = reported;
    }

    public int by() {
        return by;
    }

    public Check.Verdict reported() {
        return reported;
    }
}
