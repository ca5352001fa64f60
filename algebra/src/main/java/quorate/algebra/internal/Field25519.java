package quorate.algebra.internal;

import static java.lang.Math.multiplyHigh;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * A number modulo p = 2^255 - 19, mutable. Its value is Σ limb_i·2^(51·i), so one number has many representations.
 *
 * <p>Limbs are never negative, and come in two sizes:
 *
 * <ul>
 *   <li><b>tight</b>, below 2^51 + 2^15: the result of {@link #multiply}, {@link #square}, {@link #carry} and of
 *       decoding;
 *   <li><b>loose</b>, below 2^54: what these operations accept.
 * </ul>
 *
 * {@link #add} and {@link #subtract} only add limbs: whoever chains them keeps the sum loose and every subtrahend
 * tight. From tight operands a sum stays below 2^52 + 2^16 and a difference below 2^52 + 2^51 + 2^15.
 *
 * <p>Results may overwrite operands. Arithmetic allocates nothing.
 *
 * <p>Source: RFC 8032, section 5.1; radix 2^51 after Bernstein, Duif, Lange, Schwabe and Yang, "High-speed
 * high-security signatures" (2011).
 */
@ConstantTime
final class Field25519 {
    static final int LIMBS = 5;
    static final int BYTES = 32;

    private static final int BITS = 51;
    private static final long MASK = (1L << BITS) - 1;
    /** Where a column of a product is split, and how far a factor moves so that multiplyHigh cuts there. */
    private static final int CUT = 55;

    private static final int SHIFT = Long.SIZE - CUT;
    private static final int CARRY = CUT - BITS;
    /** 2^255 mod p. */
    private static final long FOLD = 19;
    /** The lowest and the other limbs of 2p. Each exceeds every tight limb: adding 2p keeps a difference positive. */
    private static final long TWO_P_0 = 2 * (MASK - FOLD + 1);
    private static final long TWO_P = 2 * MASK;

    long l0;
    long l1;
    long l2;
    long l3;
    long l4;

    /** 0. */
    Field25519() {}

    static Field25519 of(int value) {
        var a = new Field25519();
        a.l0 = value;
        return a;
    }

    Field25519 set(Field25519 a) {
        return set(a.l0, a.l1, a.l2, a.l3, a.l4);
    }

    Field25519 set(long a0, long a1, long a2, long a3, long a4) {
        l0 = a0;
        l1 = a1;
        l2 = a2;
        l3 = a3;
        l4 = a4;
        return this;
    }

    /** this = a + b. */
    void add(Field25519 a, Field25519 b) {
        set(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);
    }

    /** this = a + 2b. */
    void addTwice(Field25519 a, Field25519 b) {
        set(a.l0 + 2 * b.l0, a.l1 + 2 * b.l1, a.l2 + 2 * b.l2, a.l3 + 2 * b.l3, a.l4 + 2 * b.l4);
    }

    /** this = a - b, for a tight b. */
    void subtract(Field25519 a, Field25519 b) {
        set(
                a.l0 + TWO_P_0 - b.l0,
                a.l1 + TWO_P - b.l1,
                a.l2 + TWO_P - b.l2,
                a.l3 + TWO_P - b.l3,
                a.l4 + TWO_P - b.l4);
    }

    /** this = -a, for a tight a. */
    void negate(Field25519 a) {
        set(TWO_P_0 - a.l0, TWO_P - a.l1, TWO_P - a.l2, TWO_P - a.l3, TWO_P - a.l4);
    }

    /** Makes a loose number tight. */
    Field25519 carry() {
        return carry(l0, l1, l2, l3, l4);
    }

    /**
     * this = Σ r_i·2^(51·i), for unsigned r_i, r_4 < 24.25·2^57. All carries move at once, each by one limb. They are
     * below 2^13, and the one out of r_4 is below 1552, which 19 times is below 2^15: so the result is tight.
     */
    private Field25519 carry(long r0, long r1, long r2, long r3, long r4) {
        l0 = (r0 & MASK) + FOLD * (r4 >>> BITS);
        l1 = (r1 & MASK) + (r0 >>> BITS);
        l2 = (r2 & MASK) + (r1 >>> BITS);
        l3 = (r3 & MASK) + (r2 >>> BITS);
        l4 = (r4 & MASK) + (r3 >>> BITS);
        return this;
    }

    /**
     * this = a·b.
     *
     * <p>Column k is Σ a_i·b_j over the limbs that meet there, with w_j = 19·b_j for those that wrap around. It is
     * split at bit 55: h_k = Σ ⌊a_i·b_j / 2^55⌋, each term by one {@code multiplyHigh} of a_i·2^9, and the rest,
     * s_k - h_k·2^55. The rest is below 5·2^55, so it does not matter that s_k = Σ a_i·b_j is known modulo 2^64 only.
     * h_k·2^4 moves on to column k+1.
     *
     * <p>Bounds, from a_i, b_j < 2^54: a_i·2^9 and 19·b_j are below 2^63, as the signed {@code multiplyHigh} needs. A
     * floor is below 2^53, or 19·2^53 where it wraps; so h_0 < 77·2^53, h_3 < 23·2^53 and h_4 < 5·2^53. With h_k·2^4
     * and 19·h_4·2^4, every column ends below 97·2^57 < 2^64.
     */
    void multiply(Field25519 a, Field25519 b) {
        long a0 = a.l0;
        long a1 = a.l1;
        long a2 = a.l2;
        long a3 = a.l3;
        long a4 = a.l4;
        long b0 = b.l0;
        long b1 = b.l1;
        long b2 = b.l2;
        long b3 = b.l3;
        long b4 = b.l4;
        long w1 = FOLD * b1;
        long w2 = FOLD * b2;
        long w3 = FOLD * b3;
        long w4 = FOLD * b4;
        long x0 = a0 << SHIFT;
        long x1 = a1 << SHIFT;
        long x2 = a2 << SHIFT;
        long x3 = a3 << SHIFT;
        long x4 = a4 << SHIFT;

        long h0 = multiplyHigh(x0, b0) + multiplyHigh(x1, w4) + multiplyHigh(x2, w3)
                + multiplyHigh(x3, w2) + multiplyHigh(x4, w1);
        long s0 = a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2 + a4 * w1;
        long h1 = multiplyHigh(x0, b1) + multiplyHigh(x1, b0) + multiplyHigh(x2, w4)
                + multiplyHigh(x3, w3) + multiplyHigh(x4, w2);
        long s1 = a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3 + a4 * w2;
        long h2 = multiplyHigh(x0, b2) + multiplyHigh(x1, b1) + multiplyHigh(x2, b0)
                + multiplyHigh(x3, w4) + multiplyHigh(x4, w3);
        long s2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4 + a4 * w3;
        long h3 = multiplyHigh(x0, b3) + multiplyHigh(x1, b2) + multiplyHigh(x2, b1)
                + multiplyHigh(x3, b0) + multiplyHigh(x4, w4);
        long s3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * w4;
        long h4 = multiplyHigh(x0, b4) + multiplyHigh(x1, b3) + multiplyHigh(x2, b2)
                + multiplyHigh(x3, b1) + multiplyHigh(x4, b0);
        long s4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        carry(
                s0 - (h0 << CUT) + FOLD * (h4 << CARRY),
                s1 - (h1 << CUT) + (h0 << CARRY),
                s2 - (h2 << CUT) + (h1 << CARRY),
                s3 - (h3 << CUT) + (h2 << CARRY),
                s4 - (h4 << CUT) + (h3 << CARRY));
    }

    /** this = a². As {@link #multiply}, with the same bounds: of two equal terms one is computed, and doubled. */
    void square(Field25519 a) {
        long a0 = a.l0;
        long a1 = a.l1;
        long a2 = a.l2;
        long a3 = a.l3;
        long a4 = a.l4;
        long w3 = FOLD * a3;
        long w4 = FOLD * a4;
        long x0 = a0 << SHIFT;
        long x1 = a1 << SHIFT;
        long x2 = a2 << SHIFT;
        long x3 = a3 << SHIFT;
        long x4 = a4 << SHIFT;

        long h0 = multiplyHigh(x0, a0) + 2 * (multiplyHigh(x1, w4) + multiplyHigh(x2, w3));
        long s0 = a0 * a0 + 2 * (a1 * w4 + a2 * w3);
        long h1 = multiplyHigh(x3, w3) + 2 * (multiplyHigh(x0, a1) + multiplyHigh(x2, w4));
        long s1 = a3 * w3 + 2 * (a0 * a1 + a2 * w4);
        long h2 = multiplyHigh(x1, a1) + 2 * (multiplyHigh(x0, a2) + multiplyHigh(x3, w4));
        long s2 = a1 * a1 + 2 * (a0 * a2 + a3 * w4);
        long h3 = multiplyHigh(x4, w4) + 2 * (multiplyHigh(x0, a3) + multiplyHigh(x1, a2));
        long s3 = a4 * w4 + 2 * (a0 * a3 + a1 * a2);
        long h4 = multiplyHigh(x2, a2) + 2 * (multiplyHigh(x0, a4) + multiplyHigh(x1, a3));
        long s4 = a2 * a2 + 2 * (a0 * a4 + a1 * a3);
        carry(
                s0 - (h0 << CUT) + FOLD * (h4 << CARRY),
                s1 - (h1 << CUT) + (h0 << CARRY),
                s2 - (h2 << CUT) + (h1 << CARRY),
                s3 - (h3 << CUT) + (h2 << CARRY),
                s4 - (h4 << CUT) + (h3 << CARRY));
    }

    /** this = a^(2^count). */
    Field25519 square(Field25519 a, int count) {
        square(a);
        for (int i = 1; i < count; i++) {
            square(this);
        }
        return this;
    }

    /** Makes a loose number the one representation below p with limbs below 2^51. */
    Field25519 reduce() {
        carry();
        // Now below 2p. The carry out of this + 19 is 1 exactly if this >= p, and then this + 19 - 2^255 = this - p.
        long over = (l0 + FOLD) >>> BITS;
        over = (l1 + over) >>> BITS;
        over = (l2 + over) >>> BITS;
        over = (l3 + over) >>> BITS;
        over = (l4 + over) >>> BITS;
        long r0 = l0 + FOLD * over;
        long r1 = l1 + (r0 >>> BITS);
        long r2 = l2 + (r1 >>> BITS);
        long r3 = l3 + (r2 >>> BITS);
        long r4 = l4 + (r3 >>> BITS);
        return set(r0 & MASK, r1 & MASK, r2 & MASK, r3 & MASK, r4 & MASK);
    }

    /** this = -this where {@code mask} is -1, unchanged where it is 0; this is tight. */
    void negateIf(long mask) {
        l0 = (l0 ^ mask) - mask + (TWO_P_0 & mask);
        l1 = (l1 ^ mask) - mask + (TWO_P & mask);
        l2 = (l2 ^ mask) - mask + (TWO_P & mask);
        l3 = (l3 ^ mask) - mask + (TWO_P & mask);
        l4 = (l4 ^ mask) - mask + (TWO_P & mask);
    }

    /** this = a where mask is all ones, unchanged where it is 0. */
    void setIf(Field25519 a, long mask) {
        set(
                l0 ^ (mask & (l0 ^ a.l0)),
                l1 ^ (mask & (l1 ^ a.l1)),
                l2 ^ (mask & (l2 ^ a.l2)),
                l3 ^ (mask & (l3 ^ a.l3)),
                l4 ^ (mask & (l4 ^ a.l4)));
    }

    /** Exchanges a and b where {@code mask} is -1. */
    static void swapIf(long mask, Field25519 a, Field25519 b) {
        long x0 = mask & (a.l0 ^ b.l0);
        long x1 = mask & (a.l1 ^ b.l1);
        long x2 = mask & (a.l2 ^ b.l2);
        long x3 = mask & (a.l3 ^ b.l3);
        long x4 = mask & (a.l4 ^ b.l4);
        a.set(a.l0 ^ x0, a.l1 ^ x1, a.l2 ^ x2, a.l3 ^ x3, a.l4 ^ x4);
        b.set(b.l0 ^ x0, b.l1 ^ x1, b.l2 ^ x2, b.l3 ^ x3, b.l4 ^ x4);
    }

    boolean isZero() {
        return bits() == 0;
    }

    /** Whether a = b, both tight. */
    static boolean areEqual(Field25519 a, Field25519 b) {
        return differingBits(a, b) == 0;
    }

    /** 0 exactly if a = b, both tight. For callers that compare more than one pair without an early exit. */
    static long differingBits(Field25519 a, Field25519 b) {
        var difference = new Field25519();
        difference.subtract(a, b);
        long bits = difference.bits();
        difference.wipe();
        return bits;
    }

    /** 0 exactly if this = 0. */
    long bits() {
        var a = new Field25519().set(this).reduce();
        long bits = a.l0 | a.l1 | a.l2 | a.l3 | a.l4;
        a.wipe();
        return bits;
    }

    /** The lowest bit of the number below p: the sign of an x-coordinate in RFC 8032. */
    int parity() {
        var a = new Field25519().set(this).reduce();
        int parity = (int) a.l0 & 1;
        a.wipe();
        return parity;
    }

    /** this = the number in 32 little-endian bytes without their highest bit. Whether it is below p. */
    boolean decode(byte[] in) {
        var w = Words.littleEndian(in, BYTES / Long.BYTES);
        set(
                w[0] & MASK,
                (w[0] >>> 51 | w[1] << 13) & MASK,
                (w[1] >>> 38 | w[2] << 26) & MASK,
                (w[2] >>> 25 | w[3] << 39) & MASK,
                w[3] >>> 12 & MASK);
        Arrays.fill(w, 0);
        long allOnes = l1 & l2 & l3 & l4;
        return allOnes != MASK || l0 < MASK - FOLD + 1;
    }

    /** 32 little-endian bytes, the highest bit clear. */
    byte[] encode() {
        var a = new Field25519().set(this).reduce();
        var w = new long[] {
            a.l0 | a.l1 << 51, a.l1 >>> 13 | a.l2 << 38, a.l2 >>> 26 | a.l3 << 25, a.l3 >>> 39 | a.l4 << 12
        };
        var out = new byte[BYTES];
        Words.toLittleEndian(out, w);
        Arrays.fill(w, 0);
        a.wipe();
        return out;
    }

    void wipe() {
        set(0, 0, 0, 0, 0);
    }
}
