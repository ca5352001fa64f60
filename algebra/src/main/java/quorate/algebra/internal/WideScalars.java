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
 * a number in the form of {@link ScalarField} keeps the form E; encoding and decoding cost one product each.
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

    private final ScalarField field;
    private final long p0;
    private final long p1;
    private final long p2;
    private final long p3;
    private final long p4;
    private final long negatedInverse;

    private final long[] toPlain;
    private final long[] fromPlain;
    private final long[] fromField;
    private final long[] productToField;

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
        fromPlain = power(R_BITS - FORM_BITS);
        fromField = power(-FORM_BITS);
        productToField = power(3 * R_BITS + 2 * FORM_BITS);
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

    /** r, in the form of {@link ScalarField}, from a sum of products of two numbers of the form E. */
    public void productToField(long[] r, long[] a, int ai) {
        field.multiply(r, 0, a, ai, productToField, 0);
    }

    /** 32 big-endian bytes. */
    public void encode(byte[] out, int at, long[] a, int ai, long[] scratch) {
        field.multiply(scratch, 0, a, ai, toPlain, 0);
        BIG.set(out, at, scratch[3] >>> 36 | scratch[4] << 16);
        BIG.set(out, at + 8, scratch[2] >>> 24 | scratch[3] << 28);
        BIG.set(out, at + 16, scratch[1] >>> 12 | scratch[2] << 40);
        BIG.set(out, at + 24, scratch[0] | scratch[1] << 52);
    }

    /** r = OS2IP of 32 bytes mod q. All ones if they are below q, else 0. */
    public long decode(long[] r, int ri, byte[] in, int at, long[] scratch) {
        long w3 = (long) BIG.get(in, at);
        long w2 = (long) BIG.get(in, at + 8);
        long w1 = (long) BIG.get(in, at + 16);
        long w0 = (long) BIG.get(in, at + 24);
        scratch[0] = w0 & MASK;
        scratch[1] = (w0 >>> 52 | w1 << 12) & MASK;
        scratch[2] = (w1 >>> 40 | w2 << 24) & MASK;
        scratch[3] = (w2 >>> 28 | w3 << 36) & MASK;
        scratch[4] = w3 >>> 16;
        long d = scratch[0] - (p0 >>> 6);
        d = scratch[1] - (p1 >>> 6) + (d >> BITS);
        d = scratch[2] - (p2 >>> 6) + (d >> BITS);
        d = scratch[3] - (p3 >>> 6) + (d >> BITS);
        d = scratch[4] - (p4 >>> 6) + (d >> BITS);
        field.multiply(r, ri, scratch, 0, fromPlain, 0);
        return d >> 63;
    }
}
