package quorate.algebra.internal;

import static java.lang.Math.multiplyHigh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import quorate.algebra.ConstantTime;

/**
 * Thousands of numbers modulo q in flat arrays, most of them made from 48 uniform bytes.
 *
 * <p>A number x is kept as x·E mod q, E = 2^-156, always reduced below q. That is what three limbs of Montgomery
 * reduction leave of 384 bits, so the numbers that hashes make cost a third of a product instead of two. A product with
 * a number in the form of {@link ScalarField} keeps the form E; decoding is such a reduction too, encoding is a product.
 * Sums of products are reduced when they are complete.
 *
 * <p>Constant time in the values, and without garbage.
 */
@ConstantTime
public final class WideScalars {
    /** SL of protocols.md 0.1. */
    public static final int WIDE_BYTES = 48;

    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LIMBS = ScalarField.LIMBS;
    private static final int BITS = Limbs.BITS;
    private static final long MASK = Limbs.MASK;

    /** How many limbs of 384 bits are above the lowest five. */
    private static final int STEPS = 3;

    private static final int FORM_BITS = STEPS * BITS;
    private static final int R_BITS = LIMBS * BITS;

    /** As many products as ten limbs hold without a carry, and whose upper half is below R. */
    private static final int MAX_TERMS = 128;

    private final ScalarField field;
    private final long p0;
    private final long p1;
    private final long p2;
    private final long p3;
    private final long p4;
    private final long negatedInverse;

    private final long[] toPlain;
    private final long[] fromField;
    private final long[] lowToField;
    private final long[] highToField;

    public WideScalars(ScalarField field) {
        this.field = field;
        var q = field.order();
        var limbs = Limbs.of(q);
        p0 = limbs[0] << 6;
        p1 = limbs[1] << 6;
        p2 = limbs[2] << 6;
        p3 = limbs[3] << 6;
        p4 = limbs[4] << 6;
        var base = BigInteger.ONE.shiftLeft(BITS);
        negatedInverse = base.subtract(q.modInverse(base)).longValueExact();
        // A product divides by R = 2^260.
        toPlain = power(R_BITS + FORM_BITS);
        fromField = power(-FORM_BITS);
        lowToField = power(2 * R_BITS + 2 * FORM_BITS);
        highToField = power(3 * R_BITS + 2 * FORM_BITS);
    }

    private long[] power(int exponent) {
        return Limbs.of(BigInteger.TWO.modPow(BigInteger.valueOf(exponent), field.order()));
    }

    public ScalarField field() {
        return field;
    }

    /** r = OS2IP of 48 bytes. */
    public void reduce(long[] r, int ri, byte[] in, int at) {
        long w5 = (long) BIG.get(in, at);
        long w4 = (long) BIG.get(in, at + 8);
        long w3 = (long) BIG.get(in, at + 16);
        long w2 = (long) BIG.get(in, at + 24);
        long w1 = (long) BIG.get(in, at + 32);
        long w0 = (long) BIG.get(in, at + 40);
        long t0 = w0 & MASK;
        long t1 = (w0 >>> 52 | w1 << 12) & MASK;
        long t2 = (w1 >>> 40 | w2 << 24) & MASK;
        long t3 = (w2 >>> 28 | w3 << 36) & MASK;
        long t4 = (w3 >>> 16 | w4 << 48) & MASK;
        long t5 = w4 >>> 4 & MASK;
        long t6 = (w4 >>> 56 | w5 << 8) & MASK;
        long t7 = w5 >>> 44;
        reduce(r, ri, t0, t1, t2, t3, t4, t5, t6, t7);
    }

    /** r = V/2^156 for the number V in eight limbs: three limbs of Montgomery reduction. */
    private void reduce(
            long[] r, int ri, long t0, long t1, long t2, long t3, long t4, long t5, long t6, long t7) {
        for (int i = 0; i < STEPS; i++) {
            long m = ((t0 * negatedInverse) & MASK) << 6;
            // t0 plus the low part of m·q0 is a multiple of 2^52, the next one not below t0.
            t0 = ((t0 + MASK) >>> BITS) + t1 + multiplyHigh(m, p0) + ((m * p1) >>> 12);
            t1 = t2 + multiplyHigh(m, p1) + ((m * p2) >>> 12);
            t2 = t3 + multiplyHigh(m, p2) + ((m * p3) >>> 12);
            t3 = t4 + multiplyHigh(m, p3) + ((m * p4) >>> 12);
            t4 = t5 + multiplyHigh(m, p4);
            t5 = t6;
            t6 = t7;
            t7 = 0;
        }
        t1 += t0 >>> BITS;
        t2 += t1 >>> BITS;
        t3 += t2 >>> BITS;
        t4 += t3 >>> BITS;
        // (V + m·q)/2^156 < 2^228 + q: one subtraction is enough.
        field.reduceOnce(r, ri, t0 & MASK, t1 & MASK, t2 & MASK, t3 & MASK, t4);
    }

    /** r = the number in the form of {@link ScalarField} in a. */
    public void fromField(long[] r, int ri, long[] a) {
        field.multiply(r, ri, a, 0, fromField, 0);
    }

    /** The weight of {@link #encodeWeighted} for a number in the form of {@link ScalarField}. */
    public void weight(long[] r, int ri, long[] a) {
        field.multiply(r, ri, a, 0, toPlain, 0);
    }

    /** 32 big-endian bytes of the sum of {@code count} neighbours, each times its weight; at most 8. */
    public void encodeWeighted(byte[] out, int at, long[] a, int ai, long[] weights, int count, long[] scratch) {
        accumulate(scratch, a, ai, LIMBS, weights, 0, count);
        // (S + m*q)/R < count*q*q/R + q < 2q
        montgomery(scratch);
        write(out, at, scratch);
    }

    /**
     * r = the sum of {@code count} products a*b, in the form of {@link ScalarField}; products are reduced a hundred at a
     * time.
     *
     * @param stride how far the next a is behind the last one, in limbs; the b are neighbours
     */
    public void sumOfProducts(long[] r, long[] a, int ai, int stride, long[] b, int count, long[] scratch) {
        for (int done = 0; done < count; done += MAX_TERMS) {
            int terms = Math.min(MAX_TERMS, count - done);
            accumulate(scratch, a, ai + done * stride, stride, b, done * LIMBS, terms);
            // S = low + high*R, both below R
            field.multiply(scratch, 0, scratch, 0, lowToField, 0);
            field.multiply(scratch, LIMBS, scratch, LIMBS, highToField, 0);
            field.add(r, 0, r, 0, scratch, 0);
            field.add(r, 0, r, 0, scratch, LIMBS);
        }
    }

    /** acc = the sum of at most 128 products, in ten limbs. */
    private static void accumulate(long[] acc, long[] a, int ai, int stride, long[] b, int bi, int count) {
        long c0 = 0;
        long c1 = 0;
        long c2 = 0;
        long c3 = 0;
        long c4 = 0;
        long c5 = 0;
        long c6 = 0;
        long c7 = 0;
        long c8 = 0;
        long c9 = 0;
        // Factors shifted by 6 make multiplyHigh cut at bit 52. A limb gains at most nine terms below 2^52 per product.
        for (int term = 0, i = ai, j = bi; term < count; term++, i += stride, j += LIMBS) {
            long b0 = b[j] << 6;
            long b1 = b[j + 1] << 6;
            long b2 = b[j + 2] << 6;
            long b3 = b[j + 3] << 6;
            long b4 = b[j + 4] << 6;
            long x = a[i] << 6;
            c0 += (x * b0) >>> 12;
            c1 += multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c2 += multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c3 += multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c4 += multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c5 += multiplyHigh(x, b4);
            x = a[i + 1] << 6;
            c1 += (x * b0) >>> 12;
            c2 += multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c3 += multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c4 += multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c5 += multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c6 += multiplyHigh(x, b4);
            x = a[i + 2] << 6;
            c2 += (x * b0) >>> 12;
            c3 += multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c4 += multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c5 += multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c6 += multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c7 += multiplyHigh(x, b4);
            x = a[i + 3] << 6;
            c3 += (x * b0) >>> 12;
            c4 += multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c5 += multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c6 += multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c7 += multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c8 += multiplyHigh(x, b4);
            x = a[i + 4] << 6;
            c4 += (x * b0) >>> 12;
            c5 += multiplyHigh(x, b0) + ((x * b1) >>> 12);
            c6 += multiplyHigh(x, b1) + ((x * b2) >>> 12);
            c7 += multiplyHigh(x, b2) + ((x * b3) >>> 12);
            c8 += multiplyHigh(x, b3) + ((x * b4) >>> 12);
            c9 += multiplyHigh(x, b4);
        }
        c1 += c0 >>> BITS;
        c2 += c1 >>> BITS;
        c3 += c2 >>> BITS;
        c4 += c3 >>> BITS;
        c5 += c4 >>> BITS;
        c6 += c5 >>> BITS;
        c7 += c6 >>> BITS;
        c8 += c7 >>> BITS;
        acc[0] = c0 & MASK;
        acc[1] = c1 & MASK;
        acc[2] = c2 & MASK;
        acc[3] = c3 & MASK;
        acc[4] = c4 & MASK;
        acc[5] = c5 & MASK;
        acc[6] = c6 & MASK;
        acc[7] = c7 & MASK;
        acc[8] = c8 & MASK;
        acc[9] = c9 + (c8 >>> BITS);
    }

    /** acc[0..4] = acc/R mod q, of ten limbs. */
    private void montgomery(long[] acc) {
        for (int i = 0; i < LIMBS; i++) {
            long t = acc[i];
            long m = ((t * negatedInverse) & MASK) << 6;
            acc[i + 1] += ((t + MASK) >>> BITS) + multiplyHigh(m, p0) + ((m * p1) >>> 12);
            acc[i + 2] += multiplyHigh(m, p1) + ((m * p2) >>> 12);
            acc[i + 3] += multiplyHigh(m, p2) + ((m * p3) >>> 12);
            acc[i + 4] += multiplyHigh(m, p3) + ((m * p4) >>> 12);
            acc[i + 5] += multiplyHigh(m, p4);
        }
        long t0 = acc[5];
        long t1 = acc[6] + (t0 >>> BITS);
        long t2 = acc[7] + (t1 >>> BITS);
        long t3 = acc[8] + (t2 >>> BITS);
        long t4 = acc[9] + (t3 >>> BITS);
        field.reduceOnce(acc, 0, t0 & MASK, t1 & MASK, t2 & MASK, t3 & MASK, t4);
    }

    /** 32 big-endian bytes. */
    public void encode(byte[] out, int at, long[] a, int ai, long[] scratch) {
        field.multiply(scratch, 0, a, ai, toPlain, 0);
        write(out, at, scratch);
    }

    private static void write(byte[] out, int at, long[] scratch) {
        BIG.set(out, at, scratch[3] >>> 36 | scratch[4] << 16);
        BIG.set(out, at + 8, scratch[2] >>> 24 | scratch[3] << 28);
        BIG.set(out, at + 16, scratch[1] >>> 12 | scratch[2] << 40);
        BIG.set(out, at + 24, scratch[0] | scratch[1] << 52);
    }

    /** r = OS2IP of 32 bytes mod q. All ones if they are below q, else 0. */
    public long decode(long[] r, int ri, byte[] in, int at) {
        long w3 = (long) BIG.get(in, at);
        long w2 = (long) BIG.get(in, at + 8);
        long w1 = (long) BIG.get(in, at + 16);
        long w0 = (long) BIG.get(in, at + 24);
        long t0 = w0 & MASK;
        long t1 = (w0 >>> 52 | w1 << 12) & MASK;
        long t2 = (w1 >>> 40 | w2 << 24) & MASK;
        long t3 = (w2 >>> 28 | w3 << 36) & MASK;
        long t4 = w3 >>> 16;
        long d = t0 - (p0 >>> 6);
        d = t1 - (p1 >>> 6) + (d >> BITS);
        d = t2 - (p2 >>> 6) + (d >> BITS);
        d = t3 - (p3 >>> 6) + (d >> BITS);
        d = t4 - (p4 >>> 6) + (d >> BITS);
        reduce(r, ri, t0, t1, t2, t3, t4, 0, 0, 0);
        return d >> 63;
    }
}
