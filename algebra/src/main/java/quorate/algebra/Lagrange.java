package quorate.algebra;

import java.util.SortedSet;

/** Interpolation coefficients over sets of party indices (protocols.md 0.1). */
public final class Lagrange {
    private Lagrange() {}

    /** lag(P, i): the weight of f(i) in f(0). */
    public static Scalar atZero(Group group, SortedSet<Integer> indices, int index) {
        return at(group, indices, index, 0);
    }

    /**
     * lag(P, i, x) = prod_{j in P, j != i} (x - j)/(i - j) mod q: the weight of f(i) in f(x).
     *
     * @throws IllegalArgumentException if index is not in indices, an index is below 1, or x is negative
     */
    public static Scalar at(Group group, SortedSet<Integer> indices, int index, int x) {
        if (!indices.contains(index)) {
            throw new IllegalArgumentException("party " + index + " is not in " + indices);
        }
        if (indices.stream().anyMatch(j -> j < 1)) {
            throw new IllegalArgumentException("party indices start at 1: " + indices);
        }
        if (x < 0) {
            throw new IllegalArgumentException("evaluated at " + x);
        }
        var numerator = group.scalar(1);
        var denominator = group.scalar(1);
        for (int j : indices) {
            if (j != index) {
                numerator = numerator.times(difference(group, x, j));
                denominator = denominator.times(difference(group, index, j));
            }
        }
        return numerator.times(denominator.inverse());
    }

    private static Scalar difference(Group group, int a, int b) {
        var distance = group.scalar(Math.abs((long) a - b));
        return a >= b ? distance : distance.negate();
    }
}
