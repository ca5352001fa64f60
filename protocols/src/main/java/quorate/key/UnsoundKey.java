package quorate.key;

/** DKG-7: a key record or share contradicts itself. The message says where; nothing may be signed with it. */
public final class UnsoundKey extends Exception {
    private static final long serialVersionUID = 1L;

    private final String contradiction;

    UnsoundKey(String contradiction) {
        super(contradiction);
        this.contradiction = contradiction;
    }

    public String contradiction() {
        return contradiction;
    }
}
