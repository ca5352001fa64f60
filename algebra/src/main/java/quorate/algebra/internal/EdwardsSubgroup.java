package quorate.algebra.internal;

/**
 * Whether a point of edwards25519 lies in the subgroup of prime order: the curve has 8·L points, so whether it is
 * 8 times a point. Variable time, for public points.
 *
 * <p>This is asked of the Montgomery form v² = u³ + A·u² + u by halving. (0, 0) is its only point of order 2, so a
 * point (u, v) with u not 0 is twice another exactly if u is a square. If it is, two points have it as their double;
 * they differ by (0, 0), which is itself 4 times a point, so either of them answers for both. Cost: about 7
 * exponentiations, a third of what [L]P = O costs.
 *
 * <p>Source: Pornin, "Point-Halving and Subgroup Membership in Twisted Edwards Curves", ePrint 2022/1164; the map to
 * the Montgomery form is that of RFC 7748, section 4.1.
 */
public final class EdwardsSubgroup {
    private static final int A = 486662;
    private static final Field25519 ONE = Field25519.of(1);

    /** √-(A + 2), of the map v = √-(A + 2)·u/x. Its sign does not matter here: P and -P are of one subgroup. */
    private static final Field25519 SCALE = scale();

    private static final int HALVINGS = 2;

    /** √u of the point that was reached. */
    private final Field25519 root = new Field25519();

    /** v/√u of that point, of either sign. */
    private final Field25519 slope = new Field25519();

    private EdwardsSubgroup() {}

    private static Field25519 scale() {
        var scale = new Field25519();
        var square = new Field25519();
        square.negate(Field25519.of(A + 2));
        if (!Roots25519.squareRootOfRatio(scale, square.carry(), ONE)) {
            throw new AssertionError("-(A + 2) is a square");
        }
        return scale.carry();
    }

    public static boolean contains(ExtendedPoint p) {
        if (p.x.isZero()) {
            return p.isIdentity(); // the other one is (0, -1), of order 2
        }
        var reached = new EdwardsSubgroup();
        boolean isDouble = reached.start(p);
        for (int i = 0; isDouble && i < HALVINGS; i++) {
            isDouble = reached.halve();
        }
        return isDouble;
    }

    /** Goes to {@code p}, which has x not 0. False if it is not twice a point. */
    private boolean start(ExtendedPoint p) {
        // u = (1 + y)/(1 - y)
        var above = new Field25519();
        var below = new Field25519();
        above.add(p.z, p.y);
        below.subtract(p.z, p.y);
        if (!Roots25519.squareRootOfRatio(root, above.carry(), below.carry())) {
            return false;
        }
        // v/√u = √-(A + 2)·√u/x
        Roots25519.invert(slope, p.x);
        slope.multiply(slope, p.z);
        slope.multiply(slope, root);
        slope.multiply(slope, SCALE);
        return true;
    }

    /**
     * Goes to a half of where it is, up to sign. False if that is not twice a point.
     *
     * <p>Doubling is the 2-isogeny to v² = u³ - 2A·u² + (A² - 4)·u and the one back. Of the second, the points with
     * u' = A + 2·(u ± v/√u) are preimages. The product of both is A² - 4, no square, so one of the two is the square
     * that the first needs; the u of its preimages is u ± v/√u + √u·√u', and v/√u there is √u'·√u.
     */
    private boolean halve() {
        var u = new Field25519();
        var middle = new Field25519();
        u.square(root);
        middle.add(u, slope);
        var rootOfImage = new Field25519();
        if (!rootOfImage(rootOfImage, middle.carry())) {
            middle.subtract(u, slope);
            if (!rootOfImage(rootOfImage, middle.carry())) {
                throw new AssertionError("one of the two is a square");
            }
        }
        u.multiply(root, rootOfImage);
        u.add(u, middle);
        if (!Roots25519.squareRootOfRatio(root, u.carry(), ONE)) {
            return false;
        }
        slope.multiply(rootOfImage, root);
        return true;
    }

    /** r = √(A + 2·middle), if that is a square. */
    private static boolean rootOfImage(Field25519 r, Field25519 middle) {
        var image = new Field25519();
        image.addTwice(Field25519.of(A), middle);
        return Roots25519.squareRootOfRatio(r, image.carry(), ONE);
    }
}
