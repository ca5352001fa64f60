package quorate.algebra;

import java.util.Arrays;
import java.util.HexFormat;
import quorate.algebra.internal.EdwardsBaseTable;
import quorate.algebra.internal.EdwardsEncoding;
import quorate.algebra.internal.EdwardsSubgroup;
import quorate.algebra.internal.ExtendedPoint;

/**
 * The subgroup of prime order L of edwards25519 (RFC 8032, section 5.1). Scalars are any number modulo L: nothing is
 * clamped.
 */
final class EdwardsGroup implements Group {
    /** B = (x, 4/5) with even x. */
    private static final String GENERATOR = "5866666666666666666666666666666666666666666666666666666666666666";

    private static final int CURVE_ID = 5;
    private static final int WIDE_BYTES = 48;
    private static final EdwardsGroup ED25519 = new EdwardsGroup();

    private final EdwardsPoint generator = new EdwardsPoint(decodeGenerator());
    private final EdwardsPoint identity = new EdwardsPoint(new ExtendedPoint());
    private final EdwardsBaseTable multiplesOfGenerator = new EdwardsBaseTable(decodeGenerator());

    private EdwardsGroup() {}

    static EdwardsGroup ed25519() {
        return ED25519;
    }

    private static ExtendedPoint decodeGenerator() {
        try {
            return EdwardsEncoding.decode(HexFormat.of().parseHex(GENERATOR));
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String name() {
        return "edwards25519";
    }

    @Override
    public int curveId() {
        return CURVE_ID;
    }

    @Override
    public int scalarBytes() {
        return 32;
    }

    @Override
    public int pointBytes() {
        return EdwardsEncoding.BYTES;
    }

    @Override
    public int wideBytes() {
        return WIDE_BYTES;
    }

    @Override
    public Point generator() {
        return generator;
    }

    @Override
    public Point identity() {
        return identity;
    }

    @Override
    public Point multiplyBase(Scalar k) {
        requireOwn(k.group());
        return multiplyBase(k.littleEndian());
    }

    @Override
    @ConstantTime
    public Point multiplyBase(SecretScalar k) {
        requireOwn(k.group());
        return multiplyBase(k.littleEndian());
    }

    private Point multiplyBase(byte[] digits) {
        try {
            return new EdwardsPoint(multiplesOfGenerator.multiply(digits));
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    @Override
    public Point decodePoint(byte[] encoded) throws DecodingException {
        var point = EdwardsEncoding.decode(encoded);
        if (point.isIdentity()) {
            throw new DecodingException("the point is O");
        }
        if (!EdwardsSubgroup.contains(point)) {
            throw new DecodingException("the point is outside the subgroup of prime order");
        }
        return new EdwardsPoint(point, encoded.clone());
    }

    @Override
    public Scalar decodeScalar(byte[] encoded) throws DecodingException {
        return Scalars.ED25519.decode(this, encoded);
    }

    @Override
    public SecretScalar decodeSecret(Secrets scope, byte[] encoded) throws DecodingException {
        return Scalars.ED25519.decodeSecret(this, scope, encoded);
    }

    @Override
    public Scalar scalar(long value) {
        return Scalars.ED25519.small(this, value);
    }

    @Override
    public Scalar reduce(byte[] bigEndian) {
        return Scalars.ED25519.reduce(this, bigEndian);
    }

    @Override
    public SecretScalar reduceSecret(Secrets scope, byte[] bigEndian) {
        return Scalars.ED25519.reduceSecret(this, scope, bigEndian);
    }

    void requireOwn(Group other) {
        if (!equals(other)) {
            throw new IllegalArgumentException("an operand of " + other.name() + ", not of " + name());
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
