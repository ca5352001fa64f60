package quorate.algebra;

/** Commit(tag, ctx, i, x) of protocols.md 0.5: TH(tag, ctx, I2OSP(i,2), x, blind), opened by showing x and blind. */
public final class HashCommitment {
    public static final int BLIND_BYTES = 32;

    private HashCommitment() {}

    public static byte[] commit(String name, byte[] ctx, int index, byte[] value, byte[] blind) {
        throw new UnsupportedOperationException();
    }

    public static boolean opens(byte[] commitment, String name, byte[] ctx, int index, byte[] value, byte[] blind) {
        throw new UnsupportedOperationException();
    }
}
