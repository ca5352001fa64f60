package quorate.algebra.internal;

import java.util.Arrays;

/**
 * A point (X : Y : Z) of a {@link Curve}, affine x = X/Z and y = Y/Z; O is (0 : Y : 0). Coordinates have magnitude at
 * most {@link #MAGNITUDE}. Filled in by the curve and not changed once it is part of a published point.
 */
public final class Projective {
    static final int MAGNITUDE = 3;

    final long[] x = new long[Limbs.COUNT];
    final long[] y = new long[Limbs.COUNT];
    final long[] z = new long[Limbs.COUNT];

    public void set(Projective other) {
        PrimeField.copy(x, other.x);
        PrimeField.copy(y, other.y);
        PrimeField.copy(z, other.z);
    }

    /** this = other where mask is all ones, unchanged where it is 0. */
    public void setIf(Projective other, long mask) {
        PrimeField.copyIf(x, other.x, mask);
        PrimeField.copyIf(y, other.y, mask);
        PrimeField.copyIf(z, other.z, mask);
    }

    public void wipe() {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        Arrays.fill(z, 0);
    }
}
