package quorate.algebra;

import org.jspecify.annotations.Nullable;

/** A public number modulo the order of its group. Immutable. What is secret is a {@link SecretScalar}. */
public final class Scalar {
    private final Group group;
    private final long[] limbs;

    Scalar(Group group, long[] limbs) {
        this.group = group;
        this.limbs = limbs;
    }

    public Group group() {
        return group;
    }

    public Scalar plus(Scalar other) {
        throw new UnsupportedOperationException();
    }

    public Scalar minus(Scalar other) {
        throw new UnsupportedOperationException();
    }

    public Scalar times(Scalar other) {
        throw new UnsupportedOperationException();
    }

    public Scalar negate() {
        throw new UnsupportedOperationException();
    }

    /**
     * 1/this.
     *
     * @throws ArithmeticException if this is 0
     */
    public Scalar inverse() {
        throw new UnsupportedOperationException();
    }

    public boolean isZero() {
        throw new UnsupportedOperationException();
    }

    /** The canonical encoding: big-endian for Weierstrass groups, little-endian for edwards25519. */
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    long[] limbs() {
        return limbs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int hashCode() {
        throw new UnsupportedOperationException();
    }

    /** The encoding in hex. */
    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
