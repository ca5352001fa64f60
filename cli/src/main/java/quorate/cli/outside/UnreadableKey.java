package quorate.cli.outside;

/** A file holds no private key of its format. The message never quotes what it holds. */
public final class UnreadableKey extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableKey(String reason) {
        super(reason);
    }
}
