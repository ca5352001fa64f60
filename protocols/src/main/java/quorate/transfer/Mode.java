package quorate.transfer;

/** What an export is for (protocols.md 7.2): named in the request, in ctx and in every header, never implied. */
public enum Mode {
    /** Every share is wrapped for a node of its own: nobody gets the key. */
    MOVE(1),
    /** All shares are wrapped for one RSA key, whose holder gets the whole key. */
    CUSTODIAN(2);

    private final int code;

    Mode(int code) {
        this.code = code;
    }

    /** The byte in a header. */
    public int code() {
        return code;
    }

    /**
     * The mode with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Mode of(int code) {
        for (var mode : values()) {
            if (mode.code == code) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode has code " + code);
    }
}
