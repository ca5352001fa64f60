package quorate.algebra;

import java.util.ArrayList;
import java.util.List;

/**
 * f(X) = a_0 + a_1·X + ... + a_degree·X^degree with secret coefficients (protocols.md 1.1). It lives as
 * long as the scope that it was sampled in.
 */
@ConstantTime
public final class SecretPolynomial {
    private final List<SecretScalar> coefficients;

    private SecretPolynomial(List<SecretScalar> coefficients) {
        this.coefficients = List.copyOf(coefficients);
    }

    /** degree+1 coefficients, none 0, drawn in the order a_0, a_1, ... from one bulk source named "f". */
    public static SecretPolynomial sample(Group group, int degree, Draw draw, Secrets scope) {
        requireNonNegative(degree);
        var bulk = bulk(draw, scope);
        return with(coefficient(0, group, bulk, scope), degree, bulk, scope);
    }

    /** As {@link #sample} but with a given constant term: for dealers of a redistribution. */
    public static SecretPolynomial sampleWith(SecretScalar constant, int degree, Draw draw, Secrets scope) {
        requireNonNegative(degree);
        return with(constant.in(scope), degree, bulk(draw, scope), scope);
    }

    private static SecretPolynomial with(SecretScalar constant, int degree, Draw bulk, Secrets scope) {
        var coefficients = new ArrayList<SecretScalar>(degree + 1);
        coefficients.add(constant);
        for (int k = 1; k <= degree; k++) {
            coefficients.add(coefficient(k, constant.group(), bulk, scope));
        }
        return new SecretPolynomial(coefficients);
    }

    private static Draw bulk(Draw draw, Secrets scope) {
        return draw.bulk(Draw.For.DKG, Draw.name("f"), scope);
    }

    private static SecretScalar coefficient(int k, Group group, Draw bulk, Secrets scope) {
        return bulk.nonZeroScalar(group, scope, Draw.For.DKG, Draw.name("a", k));
    }

    private static void requireNonNegative(int degree) {
        if (degree < 0) {
            throw new IllegalArgumentException("a degree is not negative: " + degree);
        }
    }

    public int degree() {
        return coefficients.size() - 1;
    }

    /** a_0. */
    public SecretScalar constant() {
        return coefficients.getFirst();
    }

    /**
     * f(index).
     *
     * @throws IllegalArgumentException if index is below 1: f(0) is the secret
     */
    public SecretScalar at(int index) {
        if (index < 1) {
            throw new IllegalArgumentException("party indices start at 1: " + index);
        }
        var x = constant().group().scalar(index);
        var value = coefficients.getLast().in(constant().scope());
        for (int k = degree() - 1; k >= 0; k--) {
            var shifted = value.times(x);
            value.erase();
            value = shifted.plus(coefficients.get(k));
            shifted.erase();
        }
        return value;
    }

    /** A_k = a_k·G for every k. */
    public PublicPolynomial commitment() {
        var group = constant().group();
        return new PublicPolynomial(coefficients.stream().map(group::multiplyBase).toList());
    }

    @Override
    public String toString() {
        return "SecretPolynomial[degree " + degree() + ", redacted]";
    }
}
