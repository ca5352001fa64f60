package quorate.algebra.internal;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/** Numbers below 2^260 as five limbs of 52 bits, the lowest first, and the conversions from and to 64-bit words. */
@ConstantTime
final class Limbs {
    static final int COUNT = 5;
    static final int BITS = 52;
    static final long MASK = (1L << BITS) - 1;

    private Limbs() {}

    static long[] of(BigInteger value) {
        var limbs = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            limbs[i] = value.shiftRight(BITS * i).longValue() & MASK;
        }
        return limbs;
    }

    /** From the lowest four words. */
    static void unpack(long[] limbs, long[] w) {
        limbs[0] = w[0] & MASK;
        limbs[1] = (w[0] >>> 52 | w[1] << 12) & MASK;
        limbs[2] = (w[1] >>> 40 | w[2] << 24) & MASK;
        limbs[3] = (w[2] >>> 28 | w[3] << 36) & MASK;
        limbs[4] = w[3] >>> 16;
    }

    /** To four words; the limbs are carried and the number is below 2^256. */
    static long[] pack(long[] limbs) {
        return new long[] {
            limbs[0] | limbs[1] << 52,
            limbs[1] >>> 12 | limbs[2] << 40,
            limbs[2] >>> 24 | limbs[3] << 28,
            limbs[3] >>> 36 | limbs[4] << 16
        };
    }
}
