package quorate.algebra.internal;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * Writes a scalar k as k = sum d_i·32^i mod q with digits d_i that are odd and between -31 and 31: a window is never 0,
 * so a table has 16 entries, no neutral one, and the additions are the same for every k.
 *
 * <p>With n bits in all windows, s = (k + 2^n - 1)/2 mod q has bits s_j with k = sum (2·s_j - 1)·2^j mod q, because
 * that sum is 2·s - (2^n - 1). Five neighbouring bits, with value w, make the digit 2·w - 31. Halving modulo q needs
 * no case for an even k. The number that windows i and above stand for is odd, hence never 0 before it is reduced.
 */
@ConstantTime
final class SignedWindows {
    static final int BITS = 5;
    /** Odd multiples in a table: 1, 3, ..., 31. */
    static final int ENTRIES = 1 << (BITS - 1);
    /** An affine point in a table: x, then y. */
    static final int POINT_WORDS = 2 * Limbs.COUNT;

    private SignedWindows() {}

    /** The recoding over a whole scalar, 52 windows of 260 bits. */
    static final class Recoding {
        static final int WINDOWS = 52;

        private final ScalarField scalars;
        private final long[] half;
        private final long[] offset;

        Recoding(ScalarField scalars) {
            this.scalars = scalars;
            half = scalars.element(BigInteger.TWO.modInverse(scalars.order()));
            offset = scalars.element(allOnes(WINDOWS).multiply(BigInteger.TWO.modInverse(scalars.order())));
        }

        /** s of k, little-endian. The caller wipes it. */
        byte[] of(long[] k) {
            var s = new long[ScalarField.LIMBS];
            scalars.multiply(s, k, half);
            scalars.add(s, s, offset);
            var bytes = scalars.littleEndian(s);
            Arrays.fill(s, 0);
            return bytes;
        }
    }

    /** 2^n - 1 for the n bits of so many windows. */
    static BigInteger allOnes(int windows) {
        return BigInteger.TWO.pow(BITS * windows).subtract(BigInteger.ONE);
    }

    /** The bits of window i of s. */
    static int window(byte[] s, int i) {
        int bit = BITS * i;
        int at = bit / Byte.SIZE;
        int low = s[at] & 0xff;
        int high = at + 1 < s.length ? s[at + 1] & 0xff : 0;
        return (low | high << Byte.SIZE) >>> bit % Byte.SIZE & ((1 << BITS) - 1);
    }

    /** All ones if the digit of this window is negative, else 0. */
    static int isNegative(int window) {
        return (window >>> (BITS - 1)) - 1;
    }

    /** |digit| = 2·index + 1. */
    static int index(int window) {
        return (window ^ isNegative(window)) & (ENTRIES - 1);
    }

    /**
     * (x, y) = the affine point at {@code index} of {@link #ENTRIES} that begin at {@code at}; reads all of them. Two
     * make up one entry of {@link Choice}, the {@code pair}, which the caller wipes.
     */
    static void selectPoint(long[] x, long[] y, long[] table, int at, int index, long[] pair) {
        Choice.select(pair, table, at, index >> 1);
        long second = -(index & 1L);
        for (int i = 0; i < Limbs.COUNT; i++) {
            x[i] = pair[i] ^ (second & (pair[i] ^ pair[i + POINT_WORDS]));
        }
        for (int i = 0; i < Limbs.COUNT; i++) {
            y[i] = pair[i + Limbs.COUNT]
                    ^ (second & (pair[i + Limbs.COUNT] ^ pair[i + Limbs.COUNT + POINT_WORDS]));
        }
    }
}
