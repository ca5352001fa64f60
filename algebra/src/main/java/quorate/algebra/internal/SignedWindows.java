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

    /** r = the element at {@code at + index·stride} of a table of {@link #ENTRIES} entries; reads all of them. */
    static void select(long[] r, long[] table, int at, int stride, int index) {
        long r0 = 0;
        long r1 = 0;
        long r2 = 0;
        long r3 = 0;
        long r4 = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int entry = at + i * stride;
            long mask = ((long) (i ^ index) - 1) >> 63;
            r0 |= table[entry] & mask;
            r1 |= table[entry + 1] & mask;
            r2 |= table[entry + 2] & mask;
            r3 |= table[entry + 3] & mask;
            r4 |= table[entry + 4] & mask;
        }
        r[0] = r0;
        r[1] = r1;
        r[2] = r2;
        r[3] = r3;
        r[4] = r4;
    }

    /** As {@link #select}, two elements that stand side by side. */
    static void selectPair(long[] first, long[] second, long[] table, int at, int stride, int index) {
        long a0 = 0;
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        long a4 = 0;
        long b0 = 0;
        long b1 = 0;
        long b2 = 0;
        long b3 = 0;
        long b4 = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int entry = at + i * stride;
            long mask = ((long) (i ^ index) - 1) >> 63;
            a0 |= table[entry] & mask;
            a1 |= table[entry + 1] & mask;
            a2 |= table[entry + 2] & mask;
            a3 |= table[entry + 3] & mask;
            a4 |= table[entry + 4] & mask;
            b0 |= table[entry + 5] & mask;
            b1 |= table[entry + 6] & mask;
            b2 |= table[entry + 7] & mask;
            b3 |= table[entry + 8] & mask;
            b4 |= table[entry + 9] & mask;
        }
        first[0] = a0;
        first[1] = a1;
        first[2] = a2;
        first[3] = a3;
        first[4] = a4;
        second[0] = b0;
        second[1] = b1;
        second[2] = b2;
        second[3] = b3;
        second[4] = b4;
    }
}
