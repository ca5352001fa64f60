package quorate.rounds;

/** A payload that is not a message of its round. The session blames its sender under {@link #check()}. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Check check;
    private final String reason;

    public Malformed(Check check, String reason) {
        super(reason);
        this.check = check;
        this.reason = reason;
    }

    public Check check() {
        return check;
    }

    public String reason() {
        return reason;
    }
}
