package quorate.algebra.internal;

import static java.lang.Math.multiplyHigh;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/**
 * The field of secp256k1: p = 2^256 - 2^32 - 977 (SEC 2, version 2.0, section 2.4.1). Elements are plain numbers,
 * products have magnitude 1.
 */
@ConstantTime
final class Secp256k1Field extends PrimeField {
    static final Secp256k1Field INSTANCE = new Secp256k1Field();

    /** 2^256 mod p is 2^32 + this. */
    private static final long C = 977;
    /** 2^260 mod p, shifted for {@link Math#multiplyHigh} in place of both factors. */
    private static final long FOLD = ((1L << 32) + C) << 4 << 12;

    private Secp256k1Field() {
        super(new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16));
    }

    @Override
    long[] element(BigInteger value) {
        return Limbs.of(value.mod(modulus()));
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
        fold(r, r[0], r[1], r[2], r[3], r[4], c5, c6, c7, c8, c9);
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
        fold(r, r[0], r[1], r[2], r[3], r[4], c5, c6, c7, c8, c9);
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
        long c0 = ((a0 * a0) >>> 12);
        long c1 = multiplyHigh(a0, a0) + ((d0 * a1) >>> 12);
        long c2 = multiplyHigh(d0, a1) + ((d0 * a2) >>> 12) + ((a1 * a1) >>> 12);
        long c3 = multiplyHigh(d0, a2) + multiplyHigh(a1, a1) + ((d0 * a3) >>> 12) + ((d1 * a2) >>> 12);
        long c4 = multiplyHigh(d0, a3) + multiplyHigh(d1, a2)
                + ((d0 * a4) >>> 12) + ((d1 * a3) >>> 12) + ((a2 * a2) >>> 12);
        long c5 = multiplyHigh(d0, a4) + multiplyHigh(d1, a3) + multiplyHigh(a2, a2)
                + ((d1 * a4) >>> 12) + ((d2 * a3) >>> 12);
        long c6 = multiplyHigh(d1, a4) + multiplyHigh(d2, a3) + ((d2 * a4) >>> 12) + ((a3 * a3) >>> 12);
        long c7 = multiplyHigh(d2, a4) + multiplyHigh(a3, a3) + ((d3 * a4) >>> 12);
        long c8 = multiplyHigh(d3, a4) + ((a4 * a4) >>> 12);
        long c9 = multiplyHigh(a4, a4);
        fold(r, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
    }

    /** Columns 5 to 9 count 2^260 mod p each; what then lies above 2^256 counts 2^32 + 977. */
    private static void fold(
            long[] r,
            long c0,
            long c1,
            long c2,
            long c3,
            long c4,
            long c5,
            long c6,
            long c7,
            long c8,
            long c9) {
        long t0 = c0 + ((c5 * FOLD) >>> 12);
        long t1 = c1 + multiplyHigh(c5, FOLD) + ((c6 * FOLD) >>> 12);
        long t2 = c2 + multiplyHigh(c6, FOLD) + ((c7 * FOLD) >>> 12);
        long t3 = c3 + multiplyHigh(c7, FOLD) + ((c8 * FOLD) >>> 12);
        long t4 = c4 + multiplyHigh(c8, FOLD) + ((c9 * FOLD) >>> 12);
        long x = (t4 >> TOP_BITS) + (multiplyHigh(c9, FOLD) << 4); // within ±2^40
        t0 += x * C + ((x << 32) & MASK);
        t1 += x >> 20;
        carryInto(r, t0, t1, t2, t3, t4 & TOP_MASK);
    }

    @Override
    void carry(long[] r) {
        long x = r[4] >> TOP_BITS;
        carryInto(r, r[0] + x * C + (x << 32), r[1], r[2], r[3], r[4] & TOP_MASK);
    }

    /** r = k·a at magnitude 1; k times the magnitude of a is at most {@link #CARRY_MAGNITUDE}. */
    void scaleAndCarry(long[] r, long[] a, int k) {
        long t4 = a[4] * k;
        long x = t4 >> TOP_BITS;
        carryInto(r, a[0] * k + x * C + (x << 32), a[1] * k, a[2] * k, a[3] * k, t4 & TOP_MASK);
    }

    /** r = 3·a/2 at magnitude 2, for a of magnitude 1. */
    void threeHalves(long[] r, long[] a) {
        // An odd number becomes even by adding p = 2^256 - 2^32 - 977.
        long odd = -(a[0] & 1);
        long t0 = 3 * a[0] - (odd & ((1L << 32) + C));
        long t1 = 3 * a[1];
        long t2 = 3 * a[2];
        long t3 = 3 * a[3];
        long t4 = 3 * a[4] + (odd & (1L << TOP_BITS));
        r[0] = (t0 >> 1) + ((t1 & 1) << (BITS - 1));
        r[1] = (t1 >> 1) + ((t2 & 1) << (BITS - 1));
        r[2] = (t2 >> 1) + ((t3 & 1) << (BITS - 1));
        r[3] = (t3 >> 1) + ((t4 & 1) << (BITS - 1));
        r[4] = t4 >> 1;
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
        // p - 2 in binary: 223 ones, 0, 22 ones, 0000101101.
        try (var chain = new PowerChain(this)) {
            var x2 = chain.join(a, 1, a);
            var x22 = ones22(chain, x2, a);
            var t = chain.join(ones223(chain, x22, x2, a), 23, x22);
            t = chain.join(t, 5, a);
            t = chain.join(t, 3, x2);
            copy(r, chain.join(t, 2, a));
        }
    }

    @Override
    void squareRootCandidate(long[] r, long[] a) {
        // (p + 1)/4 in binary: 223 ones, 0, 22 ones, 00001100.
        try (var chain = new PowerChain(this)) {
            var x2 = chain.join(a, 1, a);
            var x22 = ones22(chain, x2, a);
            var t = chain.join(ones223(chain, x22, x2, a), 23, x22);
            copy(r, chain.join(t, 6, x2));
            squareTimes(r, 2);
        }
    }

    private static long[] ones22(PowerChain chain, long[] x2, long[] a) {
        var x3 = chain.join(x2, 1, a);
        var x6 = chain.join(x3, 3, x3);
        var x9 = chain.join(x6, 3, x3);
        var x11 = chain.join(x9, 2, x2);
        return chain.join(x11, 11, x11);
    }

    private static long[] ones223(PowerChain chain, long[] x22, long[] x2, long[] a) {
        var x44 = chain.join(x22, 22, x22);
        var x88 = chain.join(x44, 44, x44);
        var x176 = chain.join(x88, 88, x88);
        var x220 = chain.join(x176, 44, x44);
        return chain.join(x220, 3, chain.join(x2, 1, a));
    }

    @Override
    void toPlain(long[] r, long[] a) {
        copy(r, a);
        carry(r);
    }

    @Override
    void fromPlain(long[] r, long[] a) {
        copy(r, a);
    }
}
