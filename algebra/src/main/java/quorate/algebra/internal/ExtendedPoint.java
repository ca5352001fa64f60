package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/**
 * A point (x, y) of edwards25519, mutable, in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z. All four are tight.
 *
 * <p>Source: Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited" (2008), section 3.
 */
@ConstantTime
public final class ExtendedPoint {
    final Field25519 x = new Field25519();
    final Field25519 y = Field25519.of(1);
    final Field25519 z = Field25519.of(1);
    final Field25519 t = new Field25519();

    /** O = (0, 1). */
    public ExtendedPoint() {}

    ExtendedPoint(Field25519 affineX, Field25519 affineY) {
        x.set(affineX);
        y.set(affineY);
        t.multiply(affineX, affineY);
    }

    public ExtendedPoint set(ExtendedPoint p) {
        x.set(p.x);
        y.set(p.y);
        z.set(p.z);
        t.set(p.t);
        return this;
    }

    /** this = -p. */
    public ExtendedPoint negate(ExtendedPoint p) {
        x.negate(p.x);
        y.set(p.y);
        z.set(p.z);
        t.negate(p.t);
        return this;
    }

    /** Makes Z = 1, given 1/Z. */
    void normalize(Field25519 inverseOfZ) {
        x.multiply(x, inverseOfZ);
        y.multiply(y, inverseOfZ);
        t.multiply(x, y);
        z.set(1, 0, 0, 0, 0);
    }

    public boolean isIdentity() {
        return (x.bits() | Field25519.differingBits(y, z)) == 0;
    }

    /** Whether p and q are the same point: X_p·Z_q = X_q·Z_p and Y_p·Z_q = Y_q·Z_p. */
    public static boolean areEqual(ExtendedPoint p, ExtendedPoint q) {
        return (differingBits(p.x, q.z, q.x, p.z) | differingBits(p.y, q.z, q.y, p.z)) == 0;
    }

    private static long differingBits(Field25519 a, Field25519 b, Field25519 c, Field25519 d) {
        var left = new Field25519();
        var right = new Field25519();
        left.multiply(a, b);
        right.multiply(c, d);
        long bits = Field25519.differingBits(left, right);
        left.wipe();
        right.wipe();
        return bits;
    }

    /** The parity of the affine y. */
    public int parityOfY() {
        var affine = new Field25519();
        Roots25519.invert(affine, z);
        affine.multiply(affine, y);
        int parity = affine.parity();
        affine.wipe();
        return parity;
    }

    /** this = p where mask is all ones, unchanged where it is 0. */
    public void setIf(ExtendedPoint p, long mask) {
        x.setIf(p.x, mask);
        y.setIf(p.y, mask);
        z.setIf(p.z, mask);
        t.setIf(p.t, mask);
    }

    public void wipe() {
        x.wipe();
        y.wipe();
        z.wipe();
        t.wipe();
    }
}
