package quorate.frost;

/**
 * Whether a BIP-340 key signs as itself or as a Taproot output key of BIP-341.
 *
 * @param tweaked whether the key is tweaked as BIP-341 says
 * @param merkleRoot of the script tree, 32 bytes; empty if there is none
 */
public record Taproot(boolean tweaked, byte[] merkleRoot) {
    /** The key as it is. */
    public static final Taproot NONE = new Taproot(false, new byte[0]);

    private static final int ROOT_BYTES = 32;

    public Taproot {
        if (merkleRoot.length != 0 && (!tweaked || merkleRoot.length != ROOT_BYTES)) {
            throw new IllegalArgumentException("a merkle root has 32 bytes and belongs to a BIP-341 tweak");
        }
        merkleRoot = merkleRoot.clone();
    }

    /** An output that can be spent by its key only. */
    public static Taproot keyPath() {
        return new Taproot(true, new byte[0]);
    }

    /** An output with a script tree, spent by its key. */
    public static Taproot scriptTree(byte[] merkleRoot) {
        if (merkleRoot.length != ROOT_BYTES) {
            throw new IllegalArgumentException("a merkle root has 32 bytes, not " + merkleRoot.length);
        }
        return new Taproot(true, merkleRoot);
    }

    /** 01 if there is a BIP-341 tweak, else 00. */
    int flag() {
        return tweaked ? 1 : 0;
    }
}
