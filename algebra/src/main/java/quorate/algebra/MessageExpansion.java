package quorate.algebra;

import java.util.Arrays;

/** expand_message_xmd of RFC 9380, section 5.3.1, with SHA-256. */
public final class MessageExpansion {
    private static final int BLOCK_BYTES = 64;
    private static final int MAX_TAG_BYTES = 255;
    private static final int MAX_BLOCKS = 255;
    private static final byte[] ZERO_BLOCK = new byte[BLOCK_BYTES];

    private MessageExpansion() {}

    /**
     * {@code length} uniform bytes. The message may be secret; what is left of it here is wiped.
     *
     * @param tag DST, at most 255 bytes
     * @param length at most 255 digests
     */
    public static byte[] expand(byte[] message, byte[] tag, int length) {
        int blocks = (length + Sha256.BYTES - 1) / Sha256.BYTES;
        if (blocks > MAX_BLOCKS || tag.length > MAX_TAG_BYTES) {
            throw new IllegalArgumentException(length + " bytes under a tag of " + tag.length + " bytes");
        }
        // DST_prime = DST || I2OSP(len(DST), 1)
        var suffix = Encoding.concat(tag, Encoding.i2osp(tag.length, 1));
        var hash = new Sha256();
        // b_0 = H(Z_pad || msg || l_i_b_str || I2OSP(0, 1) || DST_prime)
        var first = hash.update(ZERO_BLOCK)
                .update(message)
                .update(Encoding.i2osp(length, 2))
                .update((byte) 0)
                .update(suffix)
                .digest();
        var uniform = new byte[blocks * Sha256.BYTES];
        var previous = new byte[Sha256.BYTES];
        // b_i = H(strxor(b_0, b_(i - 1)) || I2OSP(i, 1) || DST_prime), where b_1 takes b_0 as it is
        for (int i = 1; i <= blocks; i++) {
            for (int k = 0; k < Sha256.BYTES; k++) {
                previous[k] ^= first[k];
            }
            var block = hash.update(previous).update((byte) i).update(suffix).digest();
            System.arraycopy(block, 0, uniform, (i - 1) * Sha256.BYTES, Sha256.BYTES);
            Arrays.fill(previous, (byte) 0);
            previous = block;
        }
        var out = Arrays.copyOf(uniform, length);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(previous, (byte) 0);
        Arrays.fill(uniform, (byte) 0);
        return out;
    }
}
