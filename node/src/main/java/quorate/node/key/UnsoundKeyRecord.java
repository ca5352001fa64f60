package quorate.node.key;

/** DKG-7 at load: a stored key contradicts itself or does not belong to this node. Nothing is signed with it. */
public final class UnsoundKeyRecord extends Exception {
    private static final long serialVersionUID = 1L;

    UnsoundKeyRecord(String keyId, String contradiction) {
        super("key " + keyId + ": " + contradiction);
    }
}
