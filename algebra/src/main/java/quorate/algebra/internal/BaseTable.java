package quorate.algebra.internal;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/**
 * d·32^i·G for every window i and every odd d from 1 to 31, affine: 52 windows of 16 points, 66 560 bytes. A multiple
 * of G is then 52 selections and 51 additions, no doubling.
 */
@ConstantTime
final class BaseTable {
    private static final int WINDOWS = SignedWindows.Recoding.WINDOWS;
    private static final int X = 0;
    private static final int Y = X + Limbs.COUNT;
    private static final int STRIDE = SignedWindows.POINT_WORDS;

    private final long[] entries = new long[WINDOWS * SignedWindows.ENTRIES * STRIDE];

    BaseTable(Curve curve) {
        var points = new Projective[WINDOWS * SignedWindows.ENTRIES];
        try (var scratch = new Scratch()) {
            var base = curve.generator();
            for (int window = 0; window < WINDOWS; window++) {
                base = fillWindow(curve, points, window * SignedWindows.ENTRIES, base, scratch);
            }
        }
        store(curve.field(), points);
    }

    /** Puts base, 3·base, ..., 31·base from {@code at} on and returns 32·base. */
    private static Projective fillWindow(Curve curve, Projective[] points, int at, Projective base, Scratch scratch) {
        var twice = new Projective();
        curve.add(twice, base, base, scratch);
        points[at] = base;
        for (int i = at + 1; i < at + SignedWindows.ENTRIES; i++) {
            points[i] = new Projective();
            curve.add(points[i], points[i - 1], twice, scratch);
        }
        var next = new Projective();
        curve.add(next, points[at + SignedWindows.ENTRIES - 1], base, scratch);
        return next;
    }

    /** Makes all points affine with one inversion: 1/z_i = (z_0·..·z_(i-1)) · 1/(z_0·..·z_i). */
    private void store(PrimeField field, Projective[] points) {
        var products = new long[points.length][];
        var product = field.element(BigInteger.ONE);
        for (int i = 0; i < points.length; i++) {
            products[i] = product.clone();
            field.multiply(product, product, points[i].z);
        }
        var inverse = new long[Limbs.COUNT];
        field.invert(inverse, product);
        var t = new long[Limbs.COUNT];
        for (int i = points.length - 1; i >= 0; i--) {
            var point = points[i];
            field.multiply(t, inverse, products[i]);
            field.multiply(inverse, inverse, point.z);
            storeElement(field, i * STRIDE + X, point.x, t);
            storeElement(field, i * STRIDE + Y, point.y, t);
        }
    }

    private void storeElement(PrimeField field, int at, long[] coordinate, long[] inverse) {
        var affine = new long[Limbs.COUNT];
        field.multiply(affine, coordinate, inverse);
        System.arraycopy(affine, 0, entries, at, Limbs.COUNT);
    }

    /** (x, y) = d·32^i·G for the digit d of window i. */
    void select(long[] x, long[] y, int i, int window, Scratch s) {
        int at = i * SignedWindows.ENTRIES * STRIDE;
        SignedWindows.selectPoint(x, y, entries, at, SignedWindows.index(window), s.pair);
        PrimeField.negateIf(y, SignedWindows.isNegative(window));
    }
}
