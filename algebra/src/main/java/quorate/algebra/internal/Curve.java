package quorate.algebra.internal;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;
import quorate.algebra.DecodingException;

/**
 * A curve y² = x³ + a·x + b of prime order over a prime field, and the arithmetic of its points.
 *
 * <p>Source: Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves", ePrint
 * 2015/1060. The formulas hold for all pairs of points, O and equal ones included, so no case depends on a secret.
 *
 * <p>Scalars come as the limbs of {@link ScalarField}. Multiplications are constant time in the scalar; the point may
 * be secret too, except whether it is O. Decoding is of public data.
 */
@ConstantTime
public abstract sealed class Curve permits Secp256k1Curve, P256Curve {
    public static final int POINT_BYTES = 1 + PrimeField.BYTES;

    private static final byte EVEN = 2;
    private static final byte ODD = 3;

    private final PrimeField field;
    private final long[] one;
    private final Projective generator = new Projective();
    private final SignedWindows.Recoding recoding;

    Curve(PrimeField field, ScalarField scalars, String generatorX, String generatorY) {
        this.field = field;
        one = field.element(BigInteger.ONE);
        PrimeField.copy(generator.x, field.element(new BigInteger(generatorX, 16)));
        PrimeField.copy(generator.y, field.element(new BigInteger(generatorY, 16)));
        PrimeField.copy(generator.z, one);
        recoding = new SignedWindows.Recoding(scalars);
    }

    public static Curve secp256k1() {
        return Secp256k1Curve.INSTANCE;
    }

    public static Curve p256() {
        return P256Curve.INSTANCE;
    }

    final PrimeField field() {
        return field;
    }

    /** Made on first use. */
    abstract BaseTable baseTable();

    /** r = p + q. The operands may be r. */
    abstract void add(Projective r, Projective p, Projective q, Scratch s);

    /** r = p + (x, y), of magnitude at most 1.1 each. p may be r. */
    abstract void addAffine(Projective r, Projective p, long[] x, long[] y, Scratch s);

    /** r = 2^times·r, for r that is not O. */
    abstract void doubleTimes(Projective r, int times, Scratch s);

    /** r = a·x + b, as in x³ + a·x + b, for x of magnitude at most 1.1. That of r is at most 5. */
    abstract void linearTerms(long[] r, long[] x);

    public final Projective generator() {
        return generator;
    }

    public final Projective identity() {
        var o = new Projective();
        PrimeField.copy(o.y, one);
        return o;
    }

    public final Projective add(Projective p, Projective q) {
        var r = new Projective();
        try (var scratch = new Scratch()) {
            add(r, p, q, scratch);
        }
        return r;
    }

    public final Projective negate(Projective p) {
        var r = new Projective();
        r.set(p);
        PrimeField.negateIf(r.y, -1);
        return r;
    }

    /** k·G. */
    public final Projective multiplyBase(long[] k) {
        var s = recoding.of(k);
        var table = baseTable();
        var r = new Projective();
        try (var scratch = new Scratch()) {
            int last = SignedWindows.Recoding.WINDOWS - 1;
            table.select(r.x, r.y, last, SignedWindows.window(s, last), scratch);
            PrimeField.copy(r.z, one);
            var selected = scratch.selected;
            for (int i = last - 1; i >= 0; i--) {
                table.select(selected.x, selected.y, i, SignedWindows.window(s, i), scratch);
                addAffine(r, r, selected.x, selected.y, scratch);
            }
        } finally {
            Arrays.fill(s, (byte) 0);
        }
        return r;
    }

    /** k·p, for p that is not O. */
    public Projective multiply(Projective p, long[] k) {
        var s = recoding.of(k);
        var r = new Projective();
        try (var scratch = new Scratch();
                var multiples = new OddMultiples(this, p, scratch)) {
            int last = SignedWindows.Recoding.WINDOWS - 1;
            multiples.select(r, SignedWindows.window(s, last));
            for (int i = last - 1; i >= 0; i--) {
                // r is j·p for an odd j with |j| < 2^255 < q: not O.
                doubleTimes(r, SignedWindows.BITS, scratch);
                multiples.select(scratch.selected, SignedWindows.window(s, i));
                add(r, r, scratch.selected, scratch);
            }
        } finally {
            Arrays.fill(s, (byte) 0);
        }
        return r;
    }

    public final boolean isIdentity(Projective p) {
        return field.isZero(p.z) != 0;
    }

    /** X1·Z2 = X2·Z1 and Y1·Z2 = Y2·Z1. Y is not 0 where Z is, so O equals only O. */
    public final boolean areEqual(Projective p, Projective q) {
        return (isSameRatio(p.x, p.z, q.x, q.z) & isSameRatio(p.y, p.z, q.y, q.z)) != 0;
    }

    private long isSameRatio(long[] a, long[] b, long[] c, long[] d) {
        var ad = new long[Limbs.COUNT];
        var bc = new long[Limbs.COUNT];
        field.multiply(ad, a, d);
        field.multiply(bc, b, c);
        PrimeField.difference(ad, ad, bc);
        return field.isZero(ad);
    }

    /** SEC 1, section 2.3.3, compressed; p is not O. */
    public final byte[] encode(Projective p) {
        var inverse = new long[Limbs.COUNT];
        var affine = new long[Limbs.COUNT];
        field.invert(inverse, p.z);
        field.multiply(affine, p.y, inverse);
        var out = new byte[POINT_BYTES];
        out[0] = (byte) (EVEN - (int) field.isOdd(affine));
        field.multiply(affine, p.x, inverse);
        field.encode(out, 1, affine);
        Arrays.fill(inverse, 0);
        Arrays.fill(affine, 0);
        return out;
    }

    /** SEC 1, section 2.3.4, compressed form only. */
    public final Projective decode(byte[] in) throws DecodingException {
        if (in.length != POINT_BYTES) {
            throw new DecodingException(in.length + " bytes, a point has " + POINT_BYTES);
        }
        if (in[0] != EVEN && in[0] != ODD) {
            throw new DecodingException("the prefix of a compressed point is 02 or 03");
        }
        var p = new Projective();
        if (field.decode(p.x, in, 1) == 0) {
            throw new DecodingException("the coordinate is not below p");
        }
        var square = new long[Limbs.COUNT];
        field.square(square, p.x);
        field.multiply(square, square, p.x);
        var linear = new long[Limbs.COUNT];
        linearTerms(linear, p.x);
        PrimeField.sum(square, square, linear);
        field.squareRootCandidate(p.y, square);
        field.square(linear, p.y);
        PrimeField.difference(linear, linear, square);
        if (field.isZero(linear) == 0) {
            throw new DecodingException("no point of the curve has this coordinate");
        }
        // Never y = 0: that would be a point of order 2.
        long wantOdd = -(in[0] & 1L);
        PrimeField.negateIf(p.y, field.isOdd(p.y) ^ wantOdd);
        PrimeField.copy(p.z, one);
        return p;
    }
}
