package quorate.rounds;

/** A payload that is not a message of its round. The session blames its sender under {@link #check()}. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Check check;

    public Malformed(Check check, String reason) {
        super(reason);
        this.check = check;
    }

    public Check check() {
        return check;
    }
}
