package quorate.algebra.internal;

import static quorate.algebra.internal.PrimeField.difference;
import static quorate.algebra.internal.PrimeField.scale;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * A point (X, Y, Z) of a curve y² = x³ + b over the field of secp256k1, affine x = X/Z² and y = Y/Z³, mutable. Nothing
 * here depends on b. Doubling costs 2 products, 3 squares and a sum of two products, addition 6, 3 and 1: less than
 * the complete formulas of {@link Secp256k1Curve}, but {@link #add} has exceptions.
 *
 * <p>Source: Cohen, Miyaji and Ono, "Efficient elliptic curve exponentiation using mixed coordinates", ASIACRYPT 1998;
 * Bernstein and Lange, Explicit-Formulas Database, dbl-2009-l and madd. Numbers behind the lines bound the magnitudes
 * of {@link PrimeField} where they are not 1; X stays within 4.
 */
@ConstantTime
final class Jacobian {
    private static final Secp256k1Field F = Secp256k1Field.INSTANCE;

    final long[] x = new long[Limbs.COUNT];
    final long[] y = new long[Limbs.COUNT];
    final long[] z = new long[Limbs.COUNT];

    /** this = 2^times·this, with half of the usual Z = 2·Y·Z. */
    void doubleTimes(int times, Scratch s) {
        for (int i = 0; i < times; i++) {
            F.square(s.t0, y);
            F.multiply(s.t1, x, s.t0);
            F.square(s.t2, x);
            F.threeHalves(s.t2, s.t2); // 2
            F.multiply(z, y, z);
            F.square(s.t3, s.t2);
            difference(x, s.t3, s.t1, s.t1); // 3
            difference(s.t1, s.t1, x); // 4
            scale(s.t3, s.t0, -1);
            F.sumOfProducts(y, s.t2, s.t1, s.t3, s.t0);
        }
    }

    /** this = this + (x2, y2), none of which is O, and which are neither equal nor opposite. */
    void add(long[] x2, long[] y2, Scratch s) {
        F.square(s.t0, z);
        F.multiply(s.t1, x2, s.t0);
        difference(s.t1, s.t1, x); // 5
        F.multiply(s.t0, s.t0, z);
        F.multiply(s.t2, y2, s.t0);
        difference(s.t2, s.t2, y); // 2
        F.multiply(z, z, s.t1);
        F.square(s.t0, s.t1);
        F.multiply(s.t1, s.t1, s.t0);
        F.multiply(s.t3, x, s.t0);
        F.square(s.t0, s.t2);
        difference(x, s.t0, s.t1, s.t3); // 3
        difference(x, x, s.t3); // 4
        difference(s.t3, s.t3, x); // 5
        scale(s.t4, y, -1);
        F.sumOfProducts(y, s.t2, s.t3, s.t4, s.t1);
    }

    /** r = this, for coordinates whose unit is {@code unit}: Z stands for Z·unit. */
    void toProjective(Projective r, long[] unit, Scratch s) {
        F.multiply(s.t0, z, unit);
        F.square(s.t1, s.t0);
        F.multiply(r.x, x, s.t0);
        PrimeField.copy(r.y, y);
        F.multiply(r.z, s.t0, s.t1);
    }

    void wipe() {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        Arrays.fill(z, 0);
    }
}
