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

    /** {@code other} where {@code mask} is all ones, this where it is 0: constant time in the mask, always a new point. */
    Point orIf(Point other, long mask);

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

    /**
     * Wipes this point, for one that is secret, such as a Diffie-Hellman result: whoever made it erases it, and uses it
     * no more. The generator and O of a group belong to everybody and are refused.
     */
    void erase();
}
