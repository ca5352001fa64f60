package quorate.rounds;

/** The request is not allowed or not possible here. Nothing was done. */
public final class Refused extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final Check check;

    public Refused(Check check, String reason) {
        super(check + ": " + reason);
        this.check = check;
    }

    public Check check() {
        return check;
    }
}
