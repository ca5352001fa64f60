package quorate.store;

/** Stored bytes are not what was written: a flipped bit, a row put elsewhere, a damaged file. */
public final class Damaged extends StoreException {
    private static final long serialVersionUID = 1L;

    Damaged(String what) {
        super(what);
    }

    Damaged(String what, Throwable cause) {
        super(what, cause);
    }

    @Override
    public String code() {
        return "DAMAGED";
    }
}
