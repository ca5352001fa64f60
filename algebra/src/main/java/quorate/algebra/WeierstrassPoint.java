package quorate.algebra;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import quorate.algebra.internal.Curve;
import quorate.algebra.internal.Projective;

/** A point of secp256k1 or P-256, in projective coordinates; its encoding is computed once. */
final class WeierstrassPoint implements Point {
    private static final byte EVEN = 2;

    private final WeierstrassGroup group;
    private final Projective coordinates;
    /** Never changed once it is set; that two threads may both compute it does no harm. */
    private volatile byte @Nullable [] encoded;

    private volatile boolean erased;

    WeierstrassPoint(WeierstrassGroup group, Projective coordinates) {
        this.group = group;
        this.coordinates = coordinates;
    }

    @Override
    public Group group() {
        return group;
    }

    @Override
    public Point plus(Point other) {
        return at(curve().add(coordinates(), coordinatesOf(other)));
    }

    @Override
    public Point minus(Point other) {
        return at(curve().add(coordinates(), curve().negate(coordinatesOf(other))));
    }

    @Override
    public Point negate() {
        return at(curve().negate(coordinates()));
    }

    @Override
    public Point times(Scalar k) {
        group.requireMine(k.group());
        return times(k.limbs());
    }

    @Override
    public Point times(SecretScalar k) {
        group.requireMine(k.group());
        return times(k.limbs());
    }

    private Point times(long[] k) {
        return isIdentity() ? this : at(curve().multiply(coordinates(), k));
    }

    @Override
    public Point orIf(Point other, long mask) {
        var chosen = new Projective();
        chosen.set(coordinates());
        chosen.setIf(coordinatesOf(other), mask);
        return at(chosen);
    }

    @Override
    public boolean isIdentity() {
        return curve().isIdentity(coordinates());
    }

    @Override
    public byte[] encode() {
        return encoded().clone();
    }

    @Override
    public boolean hasEvenY() {
        return encoded()[0] == EVEN;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal point that somebody computed is theirs to erase
    public void erase() {
        if (this == group.generator() || this == group.identity()) {
            throw new IllegalArgumentException("this point belongs to the group");
        }
        erased = true;
        coordinates.wipe();
        var known = encoded;
        if (known != null) {
            Arrays.fill(known, (byte) 0);
        }
    }

    private Projective coordinates() {
        if (erased) {
            throw new IllegalStateException("this point is erased");
        }
        return coordinates;
    }

    private byte[] encoded() {
        var known = encoded;
        if (known != null && !erased) {
            return known;
        }
        if (isIdentity()) {
            throw new IllegalStateException("O has no encoding");
        }
        var computed = curve().encode(coordinates());
        encoded = computed;
        return computed;
    }

    private Curve curve() {
        return group.curve();
    }

    private Projective coordinatesOf(Point other) {
        group.requireMine(other.group());
        return ((WeierstrassPoint) other).coordinates();
    }

    private WeierstrassPoint at(Projective result) {
        return new WeierstrassPoint(group, result);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WeierstrassPoint that
                && group.equals(that.group)
                && curve().areEqual(coordinates(), that.coordinates());
    }

    @Override
    public int hashCode() {
        return isIdentity() ? 0 : Arrays.hashCode(encoded());
    }

    /** The encoding in hex, or "O". */
    @Override
    public String toString() {
        return isIdentity() ? "O" : HexFormat.of().formatHex(encoded());
    }
}
