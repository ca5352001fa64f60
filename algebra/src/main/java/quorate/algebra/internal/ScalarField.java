package quorate.algebra.internal;

import static java.lang.Math.multiplyHigh;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * The numbers modulo the prime order q of a group, 2^252 < q < 2^256, as five 52-bit limbs.
 *
 * <p>An element x is kept in <b>Montgomery form</b>, x·R mod q with R = 2^260, always reduced below q: equal numbers
 * have equal limbs, and zero is five zeros. So a product costs one Montgomery multiplication; entering and leaving
 * the form costs one each and happens only where bytes are read or written.
 *
 * <p>Everything is constant time in the values, never in q, lengths or positions. Results may overwrite operands.
 * Methods with positions work inside flat arrays, for code that holds thousands of elements.
 *
 * <p>Source: Montgomery, "Modular multiplication without trial division" (1985), with the reduction interleaved limb by
 * limb.
 */
@ConstantTime
public final class ScalarField {
    public static final int LIMBS = Limbs.COUNT;
    public static final int BYTES = 32;
    /** The longest input of {@link #reduce}. */
    public static final int WIDE_BYTES = 64;

    /** SEC 2, version 2.0, section 2.4.1. */
    public static final ScalarField SECP256K1 =
            new ScalarField("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    /** SEC 2, version 2.0, section 2.4.2. */
    public static final ScalarField P256 =
            new ScalarField("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    /** L of RFC 8032, section 5.1. */
    public static final ScalarField ED25519 =
            new ScalarField("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

    private static final int BITS = Limbs.BITS;
    private static final long MASK = Limbs.MASK;
    private static final int WINDOW_BITS = 4;
    private static final long[] UNIT = {1, 0, 0, 0, 0};

    private final BigInteger order;
    private final long q0;
    private final long q1;
    private final long q2;
    private final long q3;
    private final long q4;
    /** -1/q mod 2^52. */
    private final long negatedInverse;

    private final long[] r1;
    private final long[] r2;
    private final long[] r3;

    private ScalarField(String orderHex) {
        order = new BigInteger(orderHex, 16);
        var q = Limbs.of(order);
        q0 = q[0];
        q1 = q[1];
        q2 = q[2];
        q3 = q[3];
        q4 = q[4];
        var limbBase = BigInteger.ONE.shiftLeft(BITS);
        negatedInverse = limbBase.subtract(order.modInverse(limbBase)).longValueExact();
        r1 = Limbs.of(BigInteger.ONE.shiftLeft(BITS * LIMBS).mod(order));
        r2 = Limbs.of(BigInteger.ONE.shiftLeft(2 * BITS * LIMBS).mod(order));
        r3 = Limbs.of(BigInteger.ONE.shiftLeft(3 * BITS * LIMBS).mod(order));
    }

    public BigInteger order() {
        return order;
    }

    /** The element of a public number. */
    long[] element(BigInteger value) {
        return Limbs.of(value.shiftLeft(BITS * LIMBS).mod(order));
    }

    /** The plain number of a, which is in [0, q). */
    void toPlain(long[] r, long[] a) {
        multiply(r, a, UNIT);
    }

    /** The element of the plain number a, which is below 2^260. */
    void fromPlain(long[] r, long[] a) {
        multiply(r, a, r2);
    }

    /** r = 1. */
    public void setOne(long[] r) {
        System.arraycopy(r1, 0, r, 0, LIMBS);
    }

    /** r = value, which is not negative. */
    public void set(long[] r, long value) {
        var plain = new long[] {value & MASK, value >>> BITS, 0, 0, 0};
        fromPlain(r, plain);
        Arrays.fill(plain, 0);
    }

    public void add(long[] r, long[] a, long[] b) {
        add(r, 0, a, 0, b, 0);
    }

    public void add(long[] r, int ri, long[] a, int ai, long[] b, int bi) {
        // At most 2q - 2 < 2^257: the top limb holds it.
        long t0 = a[ai] + b[bi];
        long t1 = a[ai + 1] + b[bi + 1] + (t0 >>> BITS);
        long t2 = a[ai + 2] + b[bi + 2] + (t1 >>> BITS);
        long t3 = a[ai + 3] + b[bi + 3] + (t2 >>> BITS);
        long t4 = a[ai + 4] + b[bi + 4] + (t3 >>> BITS);
        reduceOnce(r, ri, t0 & MASK, t1 & MASK, t2 & MASK, t3 & MASK, t4);
    }

    public void subtract(long[] r, long[] a, long[] b) {
        subtract(r, 0, a, 0, b, 0);
    }

    public void subtract(long[] r, int ri, long[] a, int ai, long[] b, int bi) {
        long t0 = a[ai] - b[bi];
        long t1 = a[ai + 1] - b[bi + 1] + (t0 >> BITS);
        long t2 = a[ai + 2] - b[bi + 2] + (t1 >> BITS);
        long t3 = a[ai + 3] - b[bi + 3] + (t2 >> BITS);
        long t4 = a[ai + 4] - b[bi + 4] + (t3 >> BITS);
        long negative = t4 >> 63;
        t0 = (t0 & MASK) + (q0 & negative);
        t1 = (t1 & MASK) + (q1 & negative) + (t0 >>> BITS);
        t2 = (t2 & MASK) + (q2 & negative) + (t1 >>> BITS);
        t3 = (t3 & MASK) + (q3 & negative) + (t2 >>> BITS);
        t4 = t4 + (q4 & negative) + (t3 >>> BITS);
        r[ri] = t0 & MASK;
        r[ri + 1] = t1 & MASK;
        r[ri + 2] = t2 & MASK;
        r[ri + 3] = t3 & MASK;
        r[ri + 4] = t4;
    }

    public void negate(long[] r, long[] a) {
        subtract(r, new long[LIMBS], a);
    }

    public void multiply(long[] r, long[] a, long[] b) {
        multiply(r, 0, a, 0, b, 0);
    }

    /** r = a·b/R mod q, the product in Montgomery form, for a below R and b below q or the other way round. */
    public void multiply(long[] r, int ri, long[] a, int ai, long[] b, int bi) {
        long b0 = b[bi] << 6;
        long b1 = b[bi + 1] << 6;
        long b2 = b[bi + 2] << 6;
        long b3 = b[bi + 3] << 6;
        long b4 = b[bi + 4] << 6;
        long p0 = q0 << 6;
        long p1 = q1 << 6;
        long p2 = q2 << 6;
        long p3 = q3 << 6;
        long p4 = q4 << 6;
        long t0 = 0;
        long t1 = 0;
        long t2 = 0;
        long t3 = 0;
        long t4 = 0;
        // Factors shifted by 6 make multiplyHigh cut at bit 52 and leave the low 52 bits above 12 zeros. A limb gains
        // at most four terms below 2^52 in each of five turns, so it stays below 2^57.
        for (int i = 0; i < LIMBS; i++) {
            long x = a[ai + i] << 6;
            t0 += (x * b0) >>> 12;
            long m = ((t0 * negatedInverse) & MASK) << 6;
            // t0 plus the low part of m·q0 is a multiple of 2^52, the next one not below t0.
            t0 = ((t0 + MASK) >>> BITS)
                    + t1
                    + multiplyHigh(x, b0)
                    + ((x * b1) >>> 12)
                    + multiplyHigh(m, p0)
                    + ((m * p1) >>> 12);
            t1 = t2 + multiplyHigh(x, b1) + ((x * b2) >>> 12) + multiplyHigh(m, p1) + ((m * p2) >>> 12);
            t2 = t3 + multiplyHigh(x, b2) + ((x * b3) >>> 12) + multiplyHigh(m, p2) + ((m * p3) >>> 12);
            t3 = t4 + multiplyHigh(x, b3) + ((x * b4) >>> 12) + multiplyHigh(m, p3) + ((m * p4) >>> 12);
            t4 = multiplyHigh(x, b4) + multiplyHigh(m, p4);
        }
        t1 += t0 >>> BITS;
        t2 += t1 >>> BITS;
        t3 += t2 >>> BITS;
        t4 += t3 >>> BITS;
        // (a·b + m·q)/R < b + q: one subtraction is enough.
        reduceOnce(r, ri, t0 & MASK, t1 & MASK, t2 & MASK, t3 & MASK, t4);
    }

    /** r = t or t - q, whichever is below q; t is carried and below 2q. */
    void reduceOnce(long[] r, int ri, long t0, long t1, long t2, long t3, long t4) {
        long d0 = t0 - q0;
        long d1 = t1 - q1 + (d0 >> BITS);
        long d2 = t2 - q2 + (d1 >> BITS);
        long d3 = t3 - q3 + (d2 >> BITS);
        long d4 = t4 - q4 + (d3 >> BITS);
        long keep = d4 >> 63;
        r[ri] = (t0 & keep) | (d0 & MASK & ~keep);
        r[ri + 1] = (t1 & keep) | (d1 & MASK & ~keep);
        r[ri + 2] = (t2 & keep) | (d2 & MASK & ~keep);
        r[ri + 3] = (t3 & keep) | (d3 & MASK & ~keep);
        r[ri + 4] = (t4 & keep) | (d4 & ~keep);
    }

    /** r = a^(q-2), which is 1/a, or 0 for a = 0. The exponent is public, so its digits may pick table entries. */
    public void invert(long[] r, long[] a) {
        var powers = new long[(1 << WINDOW_BITS) * LIMBS];
        System.arraycopy(r1, 0, powers, 0, LIMBS);
        for (int i = 1; i < 1 << WINDOW_BITS; i++) {
            multiply(powers, i * LIMBS, powers, (i - 1) * LIMBS, a, 0);
        }
        var exponent = order.subtract(BigInteger.TWO);
        var result = r1.clone();
        for (int shift = BYTES * Byte.SIZE - WINDOW_BITS; shift >= 0; shift -= WINDOW_BITS) {
            for (int i = 0; i < WINDOW_BITS; i++) {
                multiply(result, result, result);
            }
            int digit = exponent.shiftRight(shift).intValue() & ((1 << WINDOW_BITS) - 1);
            multiply(result, 0, result, 0, powers, digit * LIMBS);
        }
        System.arraycopy(result, 0, r, 0, LIMBS);
        Arrays.fill(result, 0);
        Arrays.fill(powers, 0);
    }

    /** All ones if a = 0, else 0. */
    public static long isZero(long[] a) {
        long any = a[0] | a[1] | a[2] | a[3] | a[4];
        return ~((any | -any) >> 63);
    }

    /** All ones if a = b, else 0. */
    public static long areEqual(long[] a, long[] b) {
        long any = (a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]) | (a[4] ^ b[4]);
        return ~((any | -any) >> 63);
    }

    /** r = OS2IP(in) mod q, of 32 big-endian bytes. All ones if they are below q, else 0. */
    public long decodeBigEndian(long[] r, byte[] in) {
        requireLength(in);
        return decode(r, Words.bigEndian(in, 0, BYTES, BYTES / Long.BYTES));
    }

    /** r = the number mod q, of 32 little-endian bytes. All ones if they are below q, else 0. */
    public long decodeLittleEndian(long[] r, byte[] in) {
        requireLength(in);
        return decode(r, Words.littleEndian(in, BYTES / Long.BYTES));
    }

    private static void requireLength(byte[] in) {
        if (in.length != BYTES) {
            throw new IllegalArgumentException(in.length + " bytes, expected " + BYTES);
        }
    }

    private long decode(long[] r, long[] words) {
        var plain = new long[LIMBS];
        Limbs.unpack(plain, words);
        long d = plain[0] - q0;
        d = plain[1] - q1 + (d >> BITS);
        d = plain[2] - q2 + (d >> BITS);
        d = plain[3] - q3 + (d >> BITS);
        d = plain[4] - q4 + (d >> BITS);
        fromPlain(r, plain);
        Arrays.fill(plain, 0);
        Arrays.fill(words, 0);
        return d >> 63;
    }

    /** r = OS2IP(in) mod q, of at most 64 bytes. */
    public void reduce(long[] r, byte[] in) {
        reduce(r, 0, in, 0, in.length);
    }

    /** As {@link #reduce(long[], byte[])}, of {@code length} bytes from {@code at}. */
    public void reduce(long[] r, int ri, byte[] in, int at, int length) {
        if (length > WIDE_BYTES) {
            throw new IllegalArgumentException(length + " bytes, at most " + WIDE_BYTES + " can be reduced");
        }
        var w = Words.bigEndian(in, at, length, WIDE_BYTES / Long.BYTES);
        var low = new long[LIMBS];
        Limbs.unpack(low, w);
        low[4] |= w[4] << 48 & MASK;
        var high = new long[] {
            w[4] >>> 4 & MASK,
            (w[4] >>> 56 | w[5] << 8) & MASK,
            (w[5] >>> 44 | w[6] << 20) & MASK,
            (w[6] >>> 32 | w[7] << 32) & MASK,
            w[7] >>> 20
        };
        // (low + high·R)·R, both terms through one Montgomery multiplication.
        multiply(low, low, r2);
        multiply(high, high, r3);
        add(r, ri, low, 0, high, 0);
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        Arrays.fill(w, 0);
    }

    public void encodeBigEndian(byte[] out, long[] a) {
        var words = words(a);
        Words.toBigEndian(out, 0, words);
        Arrays.fill(words, 0);
    }

    public void encodeLittleEndian(byte[] out, long[] a) {
        var words = words(a);
        Words.toLittleEndian(out, words);
        Arrays.fill(words, 0);
    }

    /** 32 little-endian bytes: from these a multiplication takes its window digits. The caller wipes them. */
    public byte[] littleEndian(long[] a) {
        var out = new byte[BYTES];
        encodeLittleEndian(out, a);
        return out;
    }

    private long[] words(long[] a) {
        var p = new long[LIMBS];
        toPlain(p, a);
        var words = Limbs.pack(p);
        Arrays.fill(p, 0);
        return words;
    }

    @Override
    public String toString() {
        return "numbers modulo 0x" + order.toString(16);
    }
}
