package quorate.algebra.internal;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * The numbers modulo the prime p of a curve, 2^255 < p < 2^256, as five signed limbs of 52 bits that are reduced
 * lazily.
 *
 * <p><b>Magnitude.</b> An element has magnitude m if its limbs 0 to 3 are within ±m·(2^52 + 2^10) and limb 4 within
 * ±m·(2^48 + 2^26). {@link #sum} and {@link #difference} add the magnitudes and carry nothing; what is carried has
 * magnitude 1; of products the subclass tells; what is decoded has at most 1.1. Factors must not exceed {@link
 * #PRODUCT_MAGNITUDE}, an operand of {@link #carry} not {@link #CARRY_MAGNITUDE}; whoever writes a formula counts.
 *
 * <p><b>Products.</b> Limbs are shifted left by 6 before they are multiplied: multiplyHigh then cuts the product at bit
 * 52 instead of 64, rounding down, and the low word holds the other 52 bits above 12 zeros. Both parts are exact for
 * signed limbs, so no carry is needed inside a product.
 *
 * <p>Everything is constant time. A result may overwrite its operands. A subclass may keep elements in Montgomery form;
 * only {@link #decode}, {@link #encode} and the constants it makes know.
 */
@ConstantTime
abstract sealed class PrimeField permits Secp256k1Field, P256Field {
    static final int BYTES = 32;
    static final int PRODUCT_MAGNITUDE = 8;
    static final int CARRY_MAGNITUDE = 256;

    static final int BITS = Limbs.BITS;
    static final long MASK = Limbs.MASK;
    /** Limb 4 of a number below 2^256. */
    static final int TOP_BITS = 48;

    static final long TOP_MASK = (1L << TOP_BITS) - 1;

    private final BigInteger modulus;
    private final long[] p;

    PrimeField(BigInteger modulus) {
        this.modulus = modulus;
        this.p = Limbs.of(modulus);
    }

    final BigInteger modulus() {
        return modulus;
    }

    /** The element of a public number. */
    abstract long[] element(BigInteger value);

    abstract void multiply(long[] r, long[] a, long[] b);

    /** r = a·b + c·d, cheaper than two products. */
    abstract void sumOfProducts(long[] r, long[] a, long[] b, long[] c, long[] d);

    abstract void square(long[] r, long[] a);

    /** Brings r to magnitude 1. */
    abstract void carry(long[] r);

    /** r = a^(p-2), which is 1/a, or 0 for a = 0. */
    abstract void invert(long[] r, long[] a);

    /** r = a^((p+1)/4), a square root of a if it has one: p = 3 mod 4. */
    abstract void squareRootCandidate(long[] r, long[] a);

    /** What encodes as plain: out of Montgomery form, where there is one. Magnitude 1. */
    abstract void toPlain(long[] r, long[] a);

    abstract void fromPlain(long[] r, long[] a);

    static void sum(long[] r, long[] a, long[] b) {
        r[0] = a[0] + b[0];
        r[1] = a[1] + b[1];
        r[2] = a[2] + b[2];
        r[3] = a[3] + b[3];
        r[4] = a[4] + b[4];
    }

    static void difference(long[] r, long[] a, long[] b) {
        r[0] = a[0] - b[0];
        r[1] = a[1] - b[1];
        r[2] = a[2] - b[2];
        r[3] = a[3] - b[3];
        r[4] = a[4] - b[4];
    }

    /** r = a - b - c. */
    static void difference(long[] r, long[] a, long[] b, long[] c) {
        r[0] = a[0] - b[0] - c[0];
        r[1] = a[1] - b[1] - c[1];
        r[2] = a[2] - b[2] - c[2];
        r[3] = a[3] - b[3] - c[3];
        r[4] = a[4] - b[4] - c[4];
    }

    /** r = k·a, magnitude k times that of a. */
    static void scale(long[] r, long[] a, int k) {
        r[0] = a[0] * k;
        r[1] = a[1] * k;
        r[2] = a[2] * k;
        r[3] = a[3] * k;
        r[4] = a[4] * k;
    }

    /** r = -r where mask is all ones, unchanged where it is 0. */
    static void negateIf(long[] r, long mask) {
        r[0] = (r[0] ^ mask) - mask;
        r[1] = (r[1] ^ mask) - mask;
        r[2] = (r[2] ^ mask) - mask;
        r[3] = (r[3] ^ mask) - mask;
        r[4] = (r[4] ^ mask) - mask;
    }

    /** r = a where mask is all ones, unchanged where it is 0. */
    static void copyIf(long[] r, long[] a, long mask) {
        r[0] ^= mask & (r[0] ^ a[0]);
        r[1] ^= mask & (r[1] ^ a[1]);
        r[2] ^= mask & (r[2] ^ a[2]);
        r[3] ^= mask & (r[3] ^ a[3]);
        r[4] ^= mask & (r[4] ^ a[4]);
    }

    static void copy(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, Limbs.COUNT);
    }

    /** r = r^(2^times). */
    final void squareTimes(long[] r, int times) {
        for (int i = 0; i < times; i++) {
            square(r, r);
        }
    }

    /** r in limbs of 52 bits, in [0, p): the only form in which equal elements have equal limbs. */
    final void normalise(long[] r) {
        carry(r);
        // Now above -2^235, so r + p is positive and below 2^257 + 2^235.
        sum(r, r, p);
        propagate(r);
        // Subtracting x·p, x = floor(r / 2^256) <= 2, leaves less than 2^256 + 2^226, which is less than 2p.
        long x = r[4] >> TOP_BITS;
        for (int i = 0; i < Limbs.COUNT; i++) {
            r[i] -= x * p[i];
        }
        propagate(r);
        subtractIfNotBelow(r);
    }

    private static void propagate(long[] r) {
        for (int i = 0; i < Limbs.COUNT - 1; i++) {
            r[i + 1] += r[i] >> BITS;
            r[i] &= MASK;
        }
    }

    private void subtractIfNotBelow(long[] r) {
        long below = isBelowModulus(r);
        for (int i = 0; i < Limbs.COUNT; i++) {
            r[i] -= p[i] & ~below;
        }
        propagate(r);
    }

    /** All ones if the carried number r, which is not negative, is below p, else 0. */
    private long isBelowModulus(long[] r) {
        long borrow = 0;
        for (int i = 0; i < Limbs.COUNT; i++) {
            borrow = (r[i] - p[i] + borrow) >> BITS;
        }
        return borrow >> 63;
    }

    /** All ones if a = 0 mod p, else 0. */
    final long isZero(long[] a) {
        var t = a.clone();
        normalise(t);
        long any = t[0] | t[1] | t[2] | t[3] | t[4];
        Arrays.fill(t, 0);
        return ~((any | -any) >> 63);
    }

    /** r = OS2IP of 32 bytes from {@code at}. All ones if it is below p, else 0. */
    final long decode(long[] r, byte[] in, int at) {
        var words = Words.bigEndian(in, at, BYTES, BYTES / Long.BYTES);
        Limbs.unpack(r, words);
        long below = isBelowModulus(r);
        fromPlain(r, r);
        Arrays.fill(words, 0);
        return below;
    }

    /** 32 big-endian bytes to {@code at}. */
    final void encode(byte[] out, int at, long[] a) {
        var t = new long[Limbs.COUNT];
        toPlain(t, a);
        normalise(t);
        var words = Limbs.pack(t);
        Words.toBigEndian(out, at, words);
        Arrays.fill(t, 0);
        Arrays.fill(words, 0);
    }

    /** All ones if a is odd as a number in [0, p), else 0. */
    final long isOdd(long[] a) {
        var t = new long[Limbs.COUNT];
        toPlain(t, a);
        normalise(t);
        long odd = -(t[0] & 1);
        Arrays.fill(t, 0);
        return odd;
    }
}
