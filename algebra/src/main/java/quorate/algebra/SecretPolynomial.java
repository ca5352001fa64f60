package quorate.algebra;

/** f(X) = a_0 + a_1·X + ... + a_degree·X^degree with secret coefficients (protocols.md 1.1). */
public final class SecretPolynomial {
    private SecretPolynomial() {}

    /** degree+1 coefficients, none 0, drawn in the order a_0, a_1, ... from one bulk source named "f". */
    public static SecretPolynomial sample(Group group, int degree, Draw draw, Secrets scope) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #sample} but with a given constant term: for dealers of a redistribution. */
    public static SecretPolynomial sampleWith(SecretScalar constant, int degree, Draw draw, Secrets scope) {
        throw new UnsupportedOperationException();
    }

    public int degree() {
        throw new UnsupportedOperationException();
    }

    /** a_0. */
    public SecretScalar constant() {
        throw new UnsupportedOperationException();
    }

    /**
     * f(index).
     *
     * @throws IllegalArgumentException if index is below 1: f(0) is the secret
     */
    public SecretScalar at(int index) {
        throw new UnsupportedOperationException();
    }

    /** A_k = a_k·G for every k. */
    public PublicPolynomial commitment() {
        throw new UnsupportedOperationException();
    }
}
