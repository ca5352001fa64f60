package quorate.rounds;

/** The request is not allowed or not possible here. Nothing was done. */
public final class Refused extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final Check check;
    private final boolean ofBannedPair;

    public Refused(Check check, String reason) {
        this(check, reason, false);
    }

    private Refused(Check check, String reason, boolean ofBannedPair) {
        super(check + ": " + reason);
        this.check = check;
        this.ofBannedPair = ofBannedPair;
    }

    /** COM-5: a pair among the participants is banned, perhaps since the session began (protocols.md 3.6). */
    public static Refused ofBannedPair(String reason) {
        return new Refused(Check.COM_5, reason, true);
    }

    /** Whether only an approval by operators helps. */
    public boolean isOfBannedPair() {
        return ofBannedPair;
    }

    public Check check() {
        return check;
    }
}
