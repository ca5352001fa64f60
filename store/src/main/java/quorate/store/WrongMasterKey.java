package quorate.store;

/** The database is sealed under another master key than the one configured. Both are named by fingerprint. */
public final class WrongMasterKey extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String given;

    WrongMasterKey(String expected, String given) {
        super("the database is sealed under the master key " + expected + ", the configured master key is " + given
                + "; configure the master key " + expected);
        this.expected = expected;
        this.given = given;
    }

    /** Fingerprint of the master key that the database needs. */
    public String expected() {
        return expected;
    }

    /** Fingerprint of the master key that was configured. */
    public String given() {
        return given;
    }

    @Override
    public String code() {
        return "WRONG_MASTER_KEY";
    }
}
