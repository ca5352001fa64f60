package quorate.algebra;

import java.util.Arrays;
import quorate.algebra.internal.ScalarField;

/**
 * A secret number modulo the order of its group: prints nothing, has no {@code equals}, is worked on
 * in constant time and dies with its {@link Secrets} scope. The result of an operation belongs to the
 * scope of the left operand. What is erased cannot be used: it would silently count as 0, so every
 * operation on it is an {@link IllegalStateException}.
 */
@ConstantTime
public final class SecretScalar {
    private final Group group;
    private final Scalars kind;
    private final Secrets scope;
    /** In the form of {@link ScalarField}. */
    private final long[] limbs;

    private volatile boolean erased;

    SecretScalar(Group group, Secrets scope, long[] limbs) {
        this.group = group;
        this.kind = Scalars.of(group);
        this.scope = scope;
        this.limbs = scope.keep(limbs);
    }

    /** A public value taken as a secret one, for instance the constant 0 of a sum. */
    public static SecretScalar of(Secrets scope, Scalar value) {
        return new SecretScalar(value.group(), scope, value.limbs().clone());
    }

    public Group group() {
        return group;
    }

    /** A copy that lives in another scope. */
    public SecretScalar in(Secrets other) {
        return new SecretScalar(group, other, limbs().clone());
    }

    public SecretScalar plus(SecretScalar other) {
        return plus(other.group, other.limbs());
    }

    public SecretScalar plus(Scalar other) {
        return plus(other.group(), other.limbs());
    }

    private SecretScalar plus(Group otherGroup, long[] other) {
        requireSameGroup(otherGroup);
        var sum = fresh();
        kind.field().add(sum.limbs, limbs(), other);
        return sum;
    }

    public SecretScalar minus(SecretScalar other) {
        requireSameGroup(other.group);
        var difference = fresh();
        kind.field().subtract(difference.limbs, limbs(), other.limbs());
        return difference;
    }

    public SecretScalar times(SecretScalar other) {
        return times(other.group, other.limbs());
    }

    public SecretScalar times(Scalar other) {
        return times(other.group(), other.limbs());
    }

    private SecretScalar times(Group otherGroup, long[] other) {
        requireSameGroup(otherGroup);
        var product = fresh();
        kind.field().multiply(product.limbs, limbs(), other);
        return product;
    }

    public SecretScalar negate() {
        var negated = fresh();
        kind.field().negate(negated.limbs, limbs());
        return negated;
    }

    /** Whether this is 0. The answer is public: ask only where 0 ends the ceremony anyway. */
    public boolean isZero() {
        return ScalarField.isZero(limbs()) != 0;
    }

    /** The value as a public one, for what the protocol publishes, such as a signature share. */
    public Scalar publish() {
        return new Scalar(group, limbs().clone());
    }

    /** The canonical encoding. The caller wipes it. */
    public byte[] exposeFor(Purpose purpose) {
        return kind.encode(limbs());
    }

    /** Wipes this value now, before its scope closes. */
    public void erase() {
        erased = true;
        Arrays.fill(limbs, 0);
    }

    Secrets scope() {
        return scope;
    }

    /**
     * In the form of {@link ScalarField}; not to be changed.
     *
     * @throws IllegalStateException if this is erased
     */
    long[] limbs() {
        if (erased || scope.isClosed()) {
            throw new IllegalStateException("this secret is erased");
        }
        return limbs;
    }

    /** 32 little-endian bytes, the window digits of a multiplication. The caller wipes them. */
    byte[] littleEndian() {
        return kind.field().littleEndian(limbs());
    }

    /** A scalar in this scope, whose limbs are about to be filled in: registered before it holds a secret. */
    private SecretScalar fresh() {
        return new SecretScalar(group, scope, new long[ScalarField.LIMBS]);
    }

    private void requireSameGroup(Group other) {
        if (!group.equals(other)) {
            throw new IllegalArgumentException("a scalar of " + group.name() + " and one of " + other.name());
        }
    }

    @Override
    public String toString() {
        return "SecretScalar[redacted]";
    }
}
