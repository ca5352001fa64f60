package quorate.algebra;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import quorate.algebra.internal.EdwardsEncoding;
import quorate.algebra.internal.EdwardsLaw;
import quorate.algebra.internal.EdwardsMultiplication;
import quorate.algebra.internal.ExtendedPoint;

/** A point of {@link EdwardsGroup}; its encoding is computed once. */
@ConstantTime
final class EdwardsPoint implements Point {
    /** Never changed before it is erased. */
    private final ExtendedPoint coordinates;

    /** Never changed once it is set; that two threads may both compute it does no harm. */
    private volatile byte @Nullable [] encoded;

    private volatile boolean erased;

    /** Takes over {@code coordinates}, of a point in the subgroup of prime order. */
    EdwardsPoint(ExtendedPoint coordinates) {
        this.coordinates = coordinates;
    }

    /** Takes over {@code coordinates} and the canonical encoding that they were read from. */
    EdwardsPoint(ExtendedPoint coordinates, byte[] encoded) {
        this(coordinates);
        this.encoded = encoded;
    }

    @Override
    public EdwardsGroup group() {
        return EdwardsGroup.ed25519();
    }

    @Override
    public Point plus(Point other) {
        var second = own(other);
        var sum = new ExtendedPoint();
        try (var law = new EdwardsLaw()) {
            law.add(sum, coordinates(), second.coordinates());
        }
        return new EdwardsPoint(sum);
    }

    @Override
    public Point minus(Point other) {
        var second = own(other);
        var difference = new ExtendedPoint();
        try (var law = new EdwardsLaw()) {
            law.subtract(difference, coordinates(), second.coordinates());
        }
        return new EdwardsPoint(difference);
    }

    @Override
    public Point negate() {
        return new EdwardsPoint(new ExtendedPoint().negate(coordinates()));
    }

    @Override
    public Point times(Scalar k) {
        group().requireOwn(k.group());
        return times(k.littleEndian());
    }

    @Override
    public Point times(SecretScalar k) {
        group().requireOwn(k.group());
        return times(k.littleEndian());
    }

    private Point times(byte[] digits) {
        try {
            return new EdwardsPoint(EdwardsMultiplication.multiply(digits, coordinates()));
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    @Override
    public Point orIf(Point other, long mask) {
        var second = own(other);
        var chosen = new ExtendedPoint().set(coordinates());
        chosen.setIf(second.coordinates(), mask);
        return new EdwardsPoint(chosen);
    }

    @Override
    public boolean isIdentity() {
        return coordinates().isIdentity();
    }

    @Override
    public byte[] encode() {
        return encoded().clone();
    }

    private byte[] encoded() {
        var known = encoded;
        if (known != null && !erased) {
            return known;
        }
        requireNotIdentity();
        var computed = EdwardsEncoding.encode(coordinates());
        encoded = computed;
        return computed;
    }

    @Override
    public boolean hasEvenY() {
        requireNotIdentity();
        return coordinates().parityOfY() == 0;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal point that somebody computed is theirs to erase
    public void erase() {
        if (this == group().generator() || this == group().identity()) {
            throw new IllegalArgumentException("this point belongs to the group");
        }
        erased = true;
        coordinates.wipe();
        var known = encoded;
        if (known != null) {
            Arrays.fill(known, (byte) 0);
        }
    }

    private ExtendedPoint coordinates() {
        if (erased) {
            throw new IllegalStateException("this point is erased");
        }
        return coordinates;
    }

    private void requireNotIdentity() {
        if (isIdentity()) {
            throw new IllegalStateException("O has no encoding and no parity");
        }
    }

    private EdwardsPoint own(Point other) {
        if (other instanceof EdwardsPoint point) {
            return point;
        }
        throw new IllegalArgumentException("an operand of " + other.group().name() + ", not of " + group().name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EdwardsPoint that && ExtendedPoint.areEqual(coordinates(), that.coordinates());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(EdwardsEncoding.encode(coordinates()));
    }

    /** The encoding in hex, or {@code O}. */
    @Override
    public String toString() {
        return isIdentity() ? "O" : HexFormat.of().formatHex(encode());
    }
}
