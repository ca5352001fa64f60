package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * A number k below 2^254 as Σ digit_i·16^i with 64 digits from -8 to 7.
 *
 * <p>k' = k + 0x88...8 is below 2^256, and its hexadecimal digits less 8 are those digits: no carry is left to move.
 */
@ConstantTime
final class SignedDigits implements AutoCloseable {
    static final int COUNT = 64;
    static final int BITS = 4;

    private static final long EIGHTS = 0x8888_8888_8888_8888L;

    private final long[] words;

    /** The number in 32 little-endian bytes. */
    SignedDigits(byte[] littleEndian) {
        words = Words.littleEndian(littleEndian, COUNT * BITS / Long.SIZE);
        long carry = 0;
        for (int i = 0; i < words.length; i++) {
            long sum = words[i] + EIGHTS + carry;
            // The carry out of an addition: the majority of both operands and the inverted sum, in the highest bit.
            carry = ((words[i] & EIGHTS) | ((words[i] | EIGHTS) & ~sum)) >>> 63;
            words[i] = sum;
        }
    }

    int digit(int i) {
        return (int) ((words[i >> 4] >>> ((i & 15) * BITS)) & 15) - 8;
    }

    @Override
    public void close() {
        Arrays.fill(words, 0);
    }
}
