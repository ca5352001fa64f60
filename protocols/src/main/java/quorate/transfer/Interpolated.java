package quorate.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import quorate.algebra.Group;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Scalar;

/** The polynomial through public shares: "lag(1..t+1, k, x)-interpolation in the exponent" of protocols.md 7.2. */
final class Interpolated {
    private Interpolated() {}

    /**
     * A_0, .., A_t of the polynomial of that degree that has {@code values} at 1, .., t+1. Variable time: all is public.
     *
     * @param values at least degree + 1
     */
    static PublicPolynomial through(List<Point> values, int degree) {
        var group = values.getFirst().group();
        var coefficients = new ArrayList<Point>(Collections.nCopies(degree + 1, group.identity()));
        for (int i = 1; i <= degree + 1; i++) {
            var weights = basis(group, i, degree + 1);
            for (int k = 0; k <= degree; k++) {
                coefficients.set(k, coefficients.get(k).plus(values.get(i - 1).times(weights.get(k))));
            }
        }
        return new PublicPolynomial(coefficients);
    }

    /** The coefficients of prod_{j != i} (X - j)/(i - j) over j = 1, .., last: 1 at i, 0 at every other j. */
    private static List<Scalar> basis(Group group, int i, int last) {
        var product = new ArrayList<Scalar>(List.of(group.scalar(1)));
        var denominator = group.scalar(1);
        for (int j = 1; j <= last; j++) {
            if (j != i) {
                product.add(group.scalar(0));
                // p(X)·(X - j), from the top: each coefficient becomes the one below it minus j times itself.
                for (int k = product.size() - 1; k >= 0; k--) {
                    var below = k == 0 ? group.scalar(0) : product.get(k - 1);
                    product.set(k, below.minus(product.get(k).times(group.scalar(j))));
                }
                denominator = denominator.times(group.scalar(i).minus(group.scalar(j)));
            }
        }
        var scale = denominator.inverse();
        product.replaceAll(coefficient -> coefficient.times(scale));
        return product;
    }
}
