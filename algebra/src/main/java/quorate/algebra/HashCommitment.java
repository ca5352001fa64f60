package quorate.algebra;

import java.security.MessageDigest;

/** Commit(tag, ctx, i, x) of protocols.md 0.5: TH(tag, ctx, I2OSP(i,2), x, blind), opened by showing x and blind. */
public final class HashCommitment {
    public static final int BYTES = 32;
    public static final int BLIND_BYTES = 32;

    private HashCommitment() {}

    /**
     * The commitment of party {@code index} to {@code value}, which may be secret.
     *
     * @throws IllegalArgumentException if the blind has not 32 bytes
     */
    public static byte[] commit(String name, byte[] ctx, int index, byte[] value, byte[] blind) {
        if (blind.length != BLIND_BYTES) {
            throw new IllegalArgumentException("a blind has " + BLIND_BYTES + " bytes, not " + blind.length);
        }
        var transcript = Transcript.of(name).add(ctx).addU16(index).add(value).add(blind);
        try {
            return transcript.hash();
        } finally {
            transcript.erase();
        }
    }

    /** Whether {@code value} and {@code blind} open {@code commitment}; compares in constant time. */
    public static boolean opens(byte[] commitment, String name, byte[] ctx, int index, byte[] value, byte[] blind) {
        return blind.length == BLIND_BYTES
                && MessageDigest.isEqual(commitment, commit(name, ctx, index, value, blind));
    }
}
