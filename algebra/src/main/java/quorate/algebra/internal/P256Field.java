package quorate.algebra.internal;

import static java.lang.Math.multiplyHigh;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/**
 * The field of P-256: p = 2^256 - 2^224 + 2^192 + 2^96 - 1 (FIPS 186-5 and SP 800-186, section 3.2.1.3). Elements are
 * in Montgomery form with R = 2^260: as p = -1 mod 2^52, a limb is its own multiplier.
 *
 * <p>Nothing is folded in a product. With factors of magnitudes a and b it is (a·b·2^512 + N·p)/R, 0 <= N < R, which
 * has magnitude at most 1 + a·b/15, a sum of two products 1 + (a·b + c·d)/15.
 */
@ConstantTime
final class P256Field extends PrimeField {
    static final P256Field INSTANCE = new P256Field();

    /** Limb 4 of p; limbs 0 to 3 are 2^52 - 1, 2^44 - 1, 0 and 2^36. */
    private static final long P4 = 0xFFFF_FFFF_0000L;

    private static final long[] UNIT = {1, 0, 0, 0, 0};

    private final long[] rSquared = Limbs.of(BigInteger.TWO.pow(2 * Limbs.COUNT * BITS).mod(modulus()));

    private P256Field() {
        super(new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16));
    }

    @Override
    long[] element(BigInteger value) {
        return Limbs.of(value.shiftLeft(Limbs.COUNT * BITS).mod(modulus()));
    }

    /**
     * Row by row, so that few values are live at a time. A finished low column waits in r: limb i of a is read before
     * r[i] is written, and b before both. Columns stay below 2^61 at magnitude 8, sums of two
     * products below 2^62.
     */
    @Override
    void multiply(long[] r, long[] a, long[] b) {
        long b0 = b[0] << 6;
        long b1 = b[1] << 6;
        long b2 = b[2] << 6;
        long b3 = b[3] << 6;
        long b4 = b[4] << 6;
        long c5 = 0;
        long c6 = 0;
        long c7 = 0;
        long c8 = 0;
        long c9 = 0;
        for (int i = 0; i < Limbs.COUNT; i++) {
            long x = a[i] << 6;
            r[i] = c5 + ((x * b0) >>> 12);
            c5 = c6 + multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c6 = c7 + multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c7 = c8 + multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c8 = c9 + multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c9 = multiplyHigh(x, b4);
        }
        reduce(r, c5, c6, c7, c8, c9);
    }

    @Override
    void sumOfProducts(long[] r, long[] a, long[] b, long[] c, long[] d) {
        long b0 = b[0] << 6;
        long b1 = b[1] << 6;
        long b2 = b[2] << 6;
        long b3 = b[3] << 6;
        long b4 = b[4] << 6;
        long d0 = d[0] << 6;
        long d1 = d[1] << 6;
        long d2 = d[2] << 6;
        long d3 = d[3] << 6;
        long d4 = d[4] << 6;
        long c5 = 0;
        long c6 = 0;
        long c7 = 0;
        long c8 = 0;
        long c9 = 0;
        for (int i = 0; i < Limbs.COUNT; i++) {
            long x = a[i] << 6;
            long y = c[i] << 6;
            r[i] = c5 + ((x * b0) >>> 12) + ((y * d0) >>> 12);
            c5 = c6 + multiplyHigh(x, b0) + ((x * b1) >>> 12) + multiplyHigh(y, d0) + ((y * d1) >>> 12);
            c6 = c7 + multiplyHigh(x, b1) + ((x * b2) >>> 12) + multiplyHigh(y, d1) + ((y * d2) >>> 12);
            c7 = c8 + multiplyHigh(x, b2) + ((x * b3) >>> 12) + multiplyHigh(y, d2) + ((y * d3) >>> 12);
            c8 = c9 + multiplyHigh(x, b3) + ((x * b4) >>> 12) + multiplyHigh(y, d3) + ((y * d4) >>> 12);
            c9 = multiplyHigh(x, b4) + multiplyHigh(y, d4);
        }
        reduce(r, c5, c6, c7, c8, c9);
    }

    @Override
    void square(long[] r, long[] a) {
        long a0 = a[0] << 6;
        long a1 = a[1] << 6;
        long a2 = a[2] << 6;
        long a3 = a[3] << 6;
        long a4 = a[4] << 6;
        long d0 = a0 << 1;
        long d1 = a1 << 1;
        long d2 = a2 << 1;
        long d3 = a3 << 1;
        r[0] = ((a0 * a0) >>> 12);
        r[1] = multiplyHigh(a0, a0) + ((d0 * a1) >>> 12);
        r[2] = multiplyHigh(d0, a1) + ((d0 * a2) >>> 12) + ((a1 * a1) >>> 12);
        r[3] = multiplyHigh(d0, a2) + multiplyHigh(a1, a1) + ((d0 * a3) >>> 12) + ((d1 * a2) >>> 12);
        r[4] = multiplyHigh(d0, a3) + multiplyHigh(d1, a2)
                + ((d0 * a4) >>> 12) + ((d1 * a3) >>> 12) + ((a2 * a2) >>> 12);
        long c5 = multiplyHigh(d0, a4) + multiplyHigh(d1, a3) + multiplyHigh(a2, a2)
                + ((d1 * a4) >>> 12) + ((d2 * a3) >>> 12);
        long c6 = multiplyHigh(d1, a4) + multiplyHigh(d2, a3) + ((d2 * a4) >>> 12) + ((a3 * a3) >>> 12);
        long c7 = multiplyHigh(d2, a4) + multiplyHigh(a3, a3) + ((d3 * a4) >>> 12);
        long c8 = multiplyHigh(d3, a4) + ((a4 * a4) >>> 12);
        long c9 = multiplyHigh(a4, a4);
        reduce(r, c5, c6, c7, c8, c9);
    }

    /**
     * r = (r + 2^260·c)/R. Adding m·p, m = s mod 2^52, makes s a multiple of 2^52: -m clears it, and m·2^96, m·2^192
     * and m·(2^256 - 2^224) go to limbs 1, 3 and 4.
     */
    private static void reduce(long[] r, long c5, long c6, long c7, long c8, long c9) {
        long s0 = 0;
        long s1 = 0;
        long s2 = 0;
        long s3 = 0;
        long s4 = 0;
        for (int i = 0; i < Limbs.COUNT; i++) {
            s0 += r[i];
            long m = s0 & MASK;
            s0 = (s0 >> BITS) + ((m << 44) & MASK) + s1;
            s1 = s2 + (m >>> 8);
            s2 = s3 + ((m << 36) & MASK);
            s3 = s4 + (m >>> 16) + ((m * P4) & MASK);
            s4 = multiplyHigh(m, P4 << 12);
        }
        carryInto(r, c5 + s0, c6 + s1, c7 + s2, c8 + s3, c9 + s4);
    }

    @Override
    void carry(long[] r) {
        foldAndCarry(r, r[0], r[1], r[2], r[3], r[4]);
    }

    /** r = 3·a at magnitude 1. */
    void tripleAndCarry(long[] r, long[] a) {
        foldAndCarry(r, 3 * a[0], 3 * a[1], 3 * a[2], 3 * a[3], 3 * a[4]);
    }

    /** What lies above 2^256 counts 2^224 - 2^192 - 2^96 + 1. */
    private static void foldAndCarry(long[] r, long t0, long t1, long t2, long t3, long t4) {
        long x = t4 >> TOP_BITS; // within ±2^9
        carryInto(r, t0 + x, t1 - (x << 44), t2, t3 - (x << 36), (t4 & TOP_MASK) + (x << 16));
    }

    /** One carry per limb, all at once: limbs below 2^61 leave at most 2^9 for the next one. */
    private static void carryInto(long[] r, long t0, long t1, long t2, long t3, long t4) {
        r[0] = t0 & MASK;
        r[1] = (t1 & MASK) + (t0 >> BITS);
        r[2] = (t2 & MASK) + (t1 >> BITS);
        r[3] = (t3 & MASK) + (t2 >> BITS);
        r[4] = t4 + (t3 >> BITS);
    }

    @Override
    void invert(long[] r, long[] a) {
        // p - 2 = 4·((p - 3)/4) + 1.
        try (var chain = new PowerChain(this)) {
            copy(r, chain.join(quarter(chain, a), 2, a));
        }
    }

    /** r = a^((p-3)/4), which is ±1/sqrt(a) for a square a. */
    void inverseRootCandidate(long[] r, long[] a) {
        try (var chain = new PowerChain(this)) {
            copy(r, quarter(chain, a));
        }
    }

    /** a^((p-3)/4): the bits of p without the last two, ffffffff 00000001 0 0 0 ffffffff ffffffff 3fffffff in words. */
    private static long[] quarter(PowerChain chain, long[] a) {
        var x2 = chain.join(a, 1, a);
        var x30 = ones30(chain, x2, a);
        var x32 = chain.join(x30, 2, x2);
        var t = chain.join(x32, 32, a);
        t = chain.join(t, 128, x32);
        t = chain.join(t, 32, x32);
        return chain.join(t, 30, x30);
    }

    @Override
    void squareRootCandidate(long[] r, long[] a) {
        // (p + 1)/4 = (((2^32 - 1)·2^32 + 1)·2^96 + 1)·2^94.
        try (var chain = new PowerChain(this)) {
            var x2 = chain.join(a, 1, a);
            var x32 = chain.join(ones30(chain, x2, a), 2, x2);
            var t = chain.join(x32, 32, a);
            copy(r, chain.join(t, 96, a));
            squareTimes(r, 94);
        }
    }

    private static long[] ones30(PowerChain chain, long[] x2, long[] a) {
        var x3 = chain.join(x2, 1, a);
        var x6 = chain.join(x3, 3, x3);
        var x12 = chain.join(x6, 6, x6);
        var x15 = chain.join(x12, 3, x3);
        return chain.join(x15, 15, x15);
    }

    @Override
    void toPlain(long[] r, long[] a) {
        multiply(r, a, UNIT);
    }

    @Override
    void fromPlain(long[] r, long[] a) {
        multiply(r, a, rSquared);
    }
}
