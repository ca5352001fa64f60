package quorate.node.key;

/** DKG-7 at load: a stored key contradicts itself or does not belong to this node. Nothing is signed with it. */
public final class UnsoundKeyRecord extends Exception {
    private static final long serialVersionUID = 1L;

    /** The check of protocols.md Appendix A that fails. */
    public static final String CHECK = "DKG-7";

    private final String contradiction;

    UnsoundKeyRecord(String keyId, String contradiction) {
        super("key " + keyId + ": " + contradiction);
        this.contradiction = contradiction;
    }

    /** What is wrong, without the name of the key. */
    public String contradiction() {
        return contradiction;
    }
}
