package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/**
 * A point as the second operand of an addition: Y + X, Y - X, 2d·T and 2Z, the third one tight. Where Z = 1 the last
 * one is not used; this is the affine Niels form.
 *
 * <p>Source: Hisil, Wong, Carter and Dawson (2008), section 3.1; Bernstein et al. (2011), section 4.
 */
@ConstantTime
final class PreparedPoint {
    final Field25519 sum = new Field25519();
    final Field25519 difference = new Field25519();
    final Field25519 product = new Field25519();
    final Field25519 twiceZ = new Field25519();

    PreparedPoint set(ExtendedPoint p) {
        sum.add(p.y, p.x);
        difference.subtract(p.y, p.x);
        product.multiply(p.t, EdwardsLaw.TWICE_D);
        twiceZ.add(p.z, p.z);
        return this;
    }

    /** this = -this where {@code mask} is -1, unchanged where it is 0. */
    void negateIf(long mask) {
        Field25519.swapIf(mask, sum, difference);
        product.negateIf(mask);
    }

    void wipe() {
        sum.wipe();
        difference.wipe();
        product.wipe();
        twiceZ.wipe();
    }
}
