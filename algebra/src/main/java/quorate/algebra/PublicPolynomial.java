package quorate.algebra;

import java.util.List;

/** A_0, ..., A_degree: the commitment to a polynomial, which can be evaluated in the exponent. Immutable. */
public record PublicPolynomial(List<Point> coefficients) {
    public PublicPolynomial {
        coefficients = List.copyOf(coefficients);
        if (coefficients.isEmpty()) {
            throw new IllegalArgumentException("a polynomial has at least one coefficient");
        }
    }

    public int degree() {
        return coefficients.size() - 1;
    }

    public Point constant() {
        return coefficients.getFirst();
    }

    /** sum_k index^k·A_k, variable time, by Horner with small multipliers. */
    public Point at(int index) {
        throw new UnsupportedOperationException();
    }

    /** Coefficient by coefficient; both must have the same degree. */
    public PublicPolynomial plus(PublicPolynomial other) {
        throw new UnsupportedOperationException();
    }

    /** ser(A_0) || .. || ser(A_degree). */
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }
}
