package quorate.algebra;

/**
 * A point of a {@link Group}, in its prime-order subgroup. Immutable; {@code equals} compares the
 * points, not their representation. Operands of different groups are an {@link
 * IllegalArgumentException}.
 */
public sealed interface Point permits WeierstrassPoint, EdwardsPoint {
    Group group();

    Point plus(Point other);

    Point minus(Point other);

    Point negate();

    /** k·this for a public k. */
    Point times(Scalar k);

    /** k·this, constant time in k. */
    Point times(SecretScalar k);

    boolean isIdentity();

    /**
     * The canonical encoding of protocols.md 0.3, {@link Group#pointBytes()} bytes.
     *
     * @throws IllegalStateException for O, which has none
     */
    byte[] encode();

    /**
     * Whether the affine y is even: what BIP-340 calls has_even_y.
     *
     * @throws IllegalStateException for O
     */
    boolean hasEvenY();
}
