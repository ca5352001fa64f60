package quorate.algebra;

/**
 * A secret number modulo the order of its group: prints nothing, has no {@code equals}, is worked on
 * in constant time and dies with its {@link Secrets} scope. The result of an operation belongs to the
 * scope of the left operand.
 */
public final class SecretScalar {
    private final Group group;
    private final Secrets scope;
    private final long[] limbs;

    SecretScalar(Group group, Secrets scope, long[] limbs) {
        this.group = group;
        this.scope = scope;
        this.limbs = scope.keep(limbs);
    }

    /** A public value taken as a secret one, for instance the constant 0 of a sum. */
    public static SecretScalar of(Secrets scope, Scalar value) {
        throw new UnsupportedOperationException();
    }

    public Group group() {
        return group;
    }

    /** A copy that lives in another scope. */
    public SecretScalar in(Secrets other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar plus(SecretScalar other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar plus(Scalar other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar minus(SecretScalar other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar times(SecretScalar other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar times(Scalar other) {
        throw new UnsupportedOperationException();
    }

    public SecretScalar negate() {
        throw new UnsupportedOperationException();
    }

    /** Whether this is 0. The answer is public: ask only where 0 ends the ceremony anyway. */
    public boolean isZero() {
        throw new UnsupportedOperationException();
    }

    /** The value as a public one, for what the protocol publishes, such as a signature share. */
    public Scalar publish() {
        throw new UnsupportedOperationException();
    }

    /** The canonical encoding. The caller wipes it. */
    public byte[] exposeFor(Purpose purpose) {
        throw new UnsupportedOperationException();
    }

    /** Wipes this value now, before its scope closes. */
    public void erase() {
        throw new UnsupportedOperationException();
    }

    Secrets scope() {
        return scope;
    }

    long[] limbs() {
        return limbs;
    }

    @Override
    public String toString() {
        return "SecretScalar[redacted]";
    }
}
