package quorate.rounds;

/**
 * A verdict about a peer could not be made durable (protocols.md 3.6: the ban is written "before anything else is sent").
 * What depends on it must not leave, and everything depends on it: not even an abort. The peers meet a silence, as if this
 * process had ended here.
 */
public final class VerdictUnwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VerdictUnwritten(String message) {
        super(message);
    }

    public VerdictUnwritten(String message, Throwable cause) {
        super(message, cause);
    }
}
