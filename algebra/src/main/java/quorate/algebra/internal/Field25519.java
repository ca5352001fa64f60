package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * A number modulo p = 2^255 - 19, mutable. Its value is Σ limb_i·2^(51·i), so one number has many representations.
 *
 * <p>Limbs are signed, and come in two sizes:
 *
 * <ul>
 *   <li><b>tight</b>, within ±(2^51 + 2^15): the result of {@link #multiply}, {@link #square}, {@link #carry} and of
 *       decoding;
 *   <li><b>loose</b>, within ±(2^53 + 2^17): what these operations accept.
 * </ul>
 *
 * {@link #add} and {@link #subtract} only add limbs: whoever chains them keeps the result loose, that is, a sum of at
 * most four tight numbers.
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
    /** 2^255 mod p. */
    private static final long FOLD = 19;
    /** Added to a double within ±2^51, this rounds it to an integer and leaves that in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    /** The lowest and the other limbs of 8p. Each exceeds every loose limb: adding 8p makes all limbs positive. */
    private static final long EIGHT_P_0 = 8 * (MASK - FOLD + 1);

    private static final long EIGHT_P = 8 * MASK;

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

    Field25519 load(long[] limbs, int at) {
        return set(limbs[at], limbs[at + 1], limbs[at + 2], limbs[at + 3], limbs[at + 4]);
    }

    /** As {@link #load} from {@code at}, but from {@code other} where mask is all ones. */
    void loadEither(long[] limbs, int at, int other, long mask) {
        set(
                limbs[at] ^ (mask & (limbs[at] ^ limbs[other])),
                limbs[at + 1] ^ (mask & (limbs[at + 1] ^ limbs[other + 1])),
                limbs[at + 2] ^ (mask & (limbs[at + 2] ^ limbs[other + 2])),
                limbs[at + 3] ^ (mask & (limbs[at + 3] ^ limbs[other + 3])),
                limbs[at + 4] ^ (mask & (limbs[at + 4] ^ limbs[other + 4])));
    }

    void store(long[] limbs, int at) {
        limbs[at] = l0;
        limbs[at + 1] = l1;
        limbs[at + 2] = l2;
        limbs[at + 3] = l3;
        limbs[at + 4] = l4;
    }

    /** this = a + b. */
    void add(Field25519 a, Field25519 b) {
        set(a.l0 + b.l0, a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3, a.l4 + b.l4);
    }

    /** this = a + 2b. */
    void addTwice(Field25519 a, Field25519 b) {
        set(a.l0 + 2 * b.l0, a.l1 + 2 * b.l1, a.l2 + 2 * b.l2, a.l3 + 2 * b.l3, a.l4 + 2 * b.l4);
    }

    /** this = a - b. */
    void subtract(Field25519 a, Field25519 b) {
        set(a.l0 - b.l0, a.l1 - b.l1, a.l2 - b.l2, a.l3 - b.l3, a.l4 - b.l4);
    }

    /** this = -a, as tight as a. */
    void negate(Field25519 a) {
        set(-a.l0, -a.l1, -a.l2, -a.l3, -a.l4);
    }

    /** Makes a loose number tight. */
    Field25519 carry() {
        return carry(l0, l1, l2, l3, l4);
    }

    /**
     * this = Σ r_i·2^(51·i), for r_i within ±2^62 and r_4 within ±2^60. All carries move at once, each by one limb.
     * They are within ±2^11, and 19 times the one out of r_4 is within ±2^14: so the result is tight.
     */
    private Field25519 carry(long r0, long r1, long r2, long r3, long r4) {
        l0 = (r0 & MASK) + FOLD * (r4 >> BITS);
        l1 = (r1 & MASK) + (r0 >> BITS);
        l2 = (r2 & MASK) + (r1 >> BITS);
        l3 = (r3 & MASK) + (r2 >> BITS);
        l4 = (r4 & MASK) + (r3 >> BITS);
        return this;
    }

    /**
     * this = a·b.
     *
     * <p>Column k is the sum of all a_i·b_j with i + j = k and all 19·a_i·b_j with i + j = k + 5. It is computed twice:
     * s_k, modulo 2^64, and in floating point, which has the upper bits. Together they tell the column exactly, see
     * {@link #high}. That takes half the integer products of sums of 128 bits, and uses units that would be idle. It
     * is as constant time as integers are: every double is an integer or one over 2^64, so none is subnormal, infinite
     * or not a number.
     *
     * <p>Bounds: a_i·b_j is within ±2^106·(1 + 2^-34), so column 0, the largest, within ±78·2^106, column 3 within
     * ±24·2^106, column 4 within ±6·2^106. What {@link #carry} gets is below 19·6·2^55 + 2^51 < 2^62, the last one
     * below 24·2^55 + 2^51 < 2^60.
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
        double c0 = (double) a0;
        double c1 = (double) a1;
        double c2 = (double) a2;
        double c3 = (double) a3;
        double c4 = (double) a4;
        double d0 = (double) b0;
        double d1 = (double) b1;
        double d2 = (double) b2;
        double d3 = (double) b3;
        double d4 = (double) b4;
        double v1 = FOLD * d1;
        double v2 = FOLD * d2;
        double v3 = FOLD * d3;
        double v4 = FOLD * d4;

        long s0 = a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2 + a4 * w1;
        long h0 = high(s0, c0 * d0 + c1 * v4 + c2 * v3 + c3 * v2 + c4 * v1);
        long s1 = a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3 + a4 * w2;
        long h1 = high(s1, c0 * d1 + c1 * d0 + c2 * v4 + c3 * v3 + c4 * v2);
        long s2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4 + a4 * w3;
        long h2 = high(s2, c0 * d2 + c1 * d1 + c2 * d0 + c3 * v4 + c4 * v3);
        long s3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * w4;
        long h3 = high(s3, c0 * d3 + c1 * d2 + c2 * d1 + c3 * d0 + c4 * v4);
        long s4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        long h4 = high(s4, c0 * d4 + c1 * d3 + c2 * d2 + c3 * d1 + c4 * d0);
        carry((s0 & MASK) + FOLD * h4, (s1 & MASK) + h0, (s2 & MASK) + h1, (s3 & MASK) + h2, (s4 & MASK) + h3);
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
        double c0 = (double) a0;
        double c1 = (double) a1;
        double c2 = (double) a2;
        double c3 = (double) a3;
        double c4 = (double) a4;
        double v3 = FOLD * c3;
        double v4 = FOLD * c4;

        long s0 = a0 * a0 + 2 * (a1 * w4 + a2 * w3);
        long h0 = high(s0, c0 * c0 + 2 * (c1 * v4 + c2 * v3));
        long s1 = a3 * w3 + 2 * (a0 * a1 + a2 * w4);
        long h1 = high(s1, c3 * v3 + 2 * (c0 * c1 + c2 * v4));
        long s2 = a1 * a1 + 2 * (a0 * a2 + a3 * w4);
        long h2 = high(s2, c1 * c1 + 2 * (c0 * c2 + c3 * v4));
        long s3 = a4 * w4 + 2 * (a0 * a3 + a1 * a2);
        long h3 = high(s3, c4 * v4 + 2 * (c0 * c3 + c1 * c2));
        long s4 = a2 * a2 + 2 * (a0 * a4 + a1 * a3);
        long h4 = high(s4, c2 * c2 + 2 * (c0 * c4 + c1 * c3));
        carry((s0 & MASK) + FOLD * h4, (s1 & MASK) + h0, (s2 & MASK) + h1, (s3 & MASK) + h2, (s4 & MASK) + h3);
    }

    /**
     * ⌊T/2^51⌋ of a column T, from s = T mod 2^64, as a signed number, and t, which is near T.
     *
     * <p>(T - s)/2^64 is the integer next to (t - s)/2^64 if that is off by less than 1/2. Each product in T was
     * rounded at most 9 times on its way: as two conversions, a factor 19, a product, four sums and the difference
     * here, each time by 2^-53 of what was rounded. So t - s is off by less than 9·78·2^106/2^53 < 2^62.5, and by
     * 2^10 for the conversion of s, while 2^63 is allowed.
     */
    private static long high(long s, double t) {
        double multiple = (t - (double) s) * 0x1p-64;
        long upper = Double.doubleToRawLongBits(multiple + ROUND) - ROUND_BITS;
        return (upper << (Long.SIZE - BITS)) + (s >> BITS);
    }

    /** this = a^(2^count). */
    Field25519 square(Field25519 a, int count) {
        square(a);
        for (int i = 1; i < count; i++) {
            square(this);
        }
        return this;
    }

    /** Makes a loose number the one representation below p with limbs from 0 to 2^51 - 1. */
    Field25519 reduce() {
        carry(l0 + EIGHT_P_0, l1 + EIGHT_P, l2 + EIGHT_P, l3 + EIGHT_P, l4 + EIGHT_P);
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

    /** this = -this where {@code mask} is -1, unchanged where it is 0. */
    void negateIf(long mask) {
        l0 = (l0 ^ mask) - mask;
        l1 = (l1 ^ mask) - mask;
        l2 = (l2 ^ mask) - mask;
        l3 = (l3 ^ mask) - mask;
        l4 = (l4 ^ mask) - mask;
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
