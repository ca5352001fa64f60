package quorate.algebra;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import quorate.algebra.internal.ScalarField;

/** A public number modulo the order of its group. Immutable. What is secret is a {@link SecretScalar}. */
public final class Scalar {
    private final Group group;
    private final Scalars kind;
    /** In the form of {@link ScalarField}, never changed. */
    private final long[] limbs;

    Scalar(Group group, long[] limbs) {
        this.group = group;
        this.kind = Scalars.of(group);
        this.limbs = limbs;
    }

    public Group group() {
        return group;
    }

    public Scalar plus(Scalar other) {
        requireSameGroup(other);
        var sum = new long[ScalarField.LIMBS];
        kind.field().add(sum, limbs, other.limbs);
        return new Scalar(group, sum);
    }

    public Scalar minus(Scalar other) {
        requireSameGroup(other);
        var difference = new long[ScalarField.LIMBS];
        kind.field().subtract(difference, limbs, other.limbs);
        return new Scalar(group, difference);
    }

    public Scalar times(Scalar other) {
        requireSameGroup(other);
        var product = new long[ScalarField.LIMBS];
        kind.field().multiply(product, limbs, other.limbs);
        return new Scalar(group, product);
    }

    public Scalar negate() {
        var negated = new long[ScalarField.LIMBS];
        kind.field().negate(negated, limbs);
        return new Scalar(group, negated);
    }

    /**
     * 1/this.
     *
     * @throws ArithmeticException if this is 0
     */
    public Scalar inverse() {
        if (isZero()) {
            throw new ArithmeticException("0 has no inverse");
        }
        var inverse = new long[ScalarField.LIMBS];
        kind.field().invert(inverse, limbs);
        return new Scalar(group, inverse);
    }

    public boolean isZero() {
        return ScalarField.isZero(limbs) != 0;
    }

    /** The canonical encoding: big-endian for Weierstrass groups, little-endian for edwards25519. */
    public byte[] encode() {
        return kind.encode(limbs);
    }

    /** In the form of {@link ScalarField}; not to be changed. */
    long[] limbs() {
        return limbs;
    }

    /** 32 little-endian bytes, the window digits of a multiplication. */
    byte[] littleEndian() {
        return kind.field().littleEndian(limbs);
    }

    private void requireSameGroup(Scalar other) {
        if (!group.equals(other.group)) {
            throw new IllegalArgumentException("a scalar of " + group.name() + " and one of " + other.group.name());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scalar that && group.equals(that.group) && Arrays.equals(limbs, that.limbs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }

    /** The encoding in hex. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(encode());
    }
}
