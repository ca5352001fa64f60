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
     * @throws IllegalArgumentException if index is not in indices, or an index is below 1
     */
    public static Scalar at(Group group, SortedSet<Integer> indices, int index, int x) {
        throw new UnsupportedOperationException();
    }
}
