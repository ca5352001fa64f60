package quorate.algebra;

import java.util.ArrayList;
import java.util.List;

/** A_0, ..., A_degree: the commitment to a polynomial, which can be evaluated in the exponent. Immutable. */
public record PublicPolynomial(List<Point> coefficients) {
    public PublicPolynomial {
        coefficients = List.copyOf(coefficients);
        if (coefficients.isEmpty()) {
            throw new IllegalArgumentException("a polynomial has at least one coefficient");
        }
        var group = coefficients.getFirst().group();
        if (!coefficients.stream().allMatch(point -> point.group().equals(group))) {
            throw new IllegalArgumentException("coefficients of different groups");
        }
    }

    public int degree() {
        return coefficients.size() - 1;
    }

    public Point constant() {
        return coefficients.getFirst();
    }

    /**
     * sum_k index^k·A_k, variable time, by Horner with small multipliers.
     *
     * @throws IllegalArgumentException if index is below 1; the value at 0 is {@link #constant()}
     */
    public Point at(int index) {
        if (index < 1) {
            throw new IllegalArgumentException("party indices start at 1: " + index);
        }
        var value = coefficients.getLast();
        for (int k = degree() - 1; k >= 0; k--) {
            value = times(value, index).plus(coefficients.get(k));
        }
        return value;
    }

    /** multiplier·point by doubling and adding: for a party index far cheaper than a full multiplication. */
    private static Point times(Point point, int multiplier) {
        var product = point;
        for (int bit = Integer.SIZE - Integer.numberOfLeadingZeros(multiplier) - 2; bit >= 0; bit--) {
            product = product.plus(product);
            if ((multiplier >>> bit & 1) == 1) {
                product = product.plus(point);
            }
        }
        return product;
    }

    /** Coefficient by coefficient; both must have the same degree. */
    public PublicPolynomial plus(PublicPolynomial other) {
        if (other.degree() != degree()) {
            throw new IllegalArgumentException("degrees differ: " + degree() + " and " + other.degree());
        }
        var sum = new ArrayList<Point>(coefficients.size());
        for (int k = 0; k < coefficients.size(); k++) {
            sum.add(coefficients.get(k).plus(other.coefficients.get(k)));
        }
        return new PublicPolynomial(sum);
    }

    /**
     * ser(A_0) || .. || ser(A_degree).
     *
     * @throws IllegalStateException if a coefficient is O, which has no encoding
     */
    public byte[] encode() {
        return Encoding.concat(coefficients.stream().map(Point::encode).toArray(byte[][]::new));
    }
}
