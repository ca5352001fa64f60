package quorate.algebra;

/** Bytes that are not the canonical encoding of what they should be. Says why, never shows the bytes. */
public final class DecodingException extends Exception {
    private static final long serialVersionUID = 1L;

    public DecodingException(String reason) {
        super(reason);
    }
}
