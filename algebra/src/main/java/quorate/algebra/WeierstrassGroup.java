package quorate.algebra;

import quorate.algebra.internal.Curve;
import quorate.algebra.internal.WideScalars;

/** secp256k1 and P-256: a {@link Curve} and its {@link Scalars} as a {@link Group}. */
final class WeierstrassGroup implements Group {
    private static final WeierstrassGroup SECP256K1 =
            new WeierstrassGroup("secp256k1", 1, Curve.secp256k1(), Scalars.SECP256K1);
    private static final WeierstrassGroup P256 = new WeierstrassGroup("P-256", 2, Curve.p256(), Scalars.P256);

    private static final int SCALAR_BYTES = 32;
    private static final int WIDE_BYTES = 48;

    private final String name;
    private final int curveId;
    private final Curve curve;
    private final Scalars scalars;
    private final WideScalars wideScalars;
    private final WeierstrassPoint generator;
    private final WeierstrassPoint identity;

    private WeierstrassGroup(String name, int curveId, Curve curve, Scalars scalars) {
        this.name = name;
        this.curveId = curveId;
        this.curve = curve;
        this.scalars = scalars;
        wideScalars = new WideScalars(scalars.field());
        generator = new WeierstrassPoint(this, curve.generator());
        identity = new WeierstrassPoint(this, curve.identity());
    }

    static Group secp256k1() {
        return SECP256K1;
    }

    static Group p256() {
        return P256;
    }

    Curve curve() {
        return curve;
    }

    Scalars scalars() {
        return scalars;
    }

    /** The arithmetic of {@link ScalarVector}. */
    WideScalars wideScalars() {
        return wideScalars;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int curveId() {
        return curveId;
    }

    @Override
    public int scalarBytes() {
        return SCALAR_BYTES;
    }

    @Override
    public int pointBytes() {
        return Curve.POINT_BYTES;
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
        requireMine(k.group());
        return new WeierstrassPoint(this, curve.multiplyBase(k.limbs()));
    }

    @Override
    public Point multiplyBase(SecretScalar k) {
        requireMine(k.group());
        return new WeierstrassPoint(this, curve.multiplyBase(k.limbs()));
    }

    @Override
    public Point decodePoint(byte[] encoded) throws DecodingException {
        return new WeierstrassPoint(this, curve.decode(encoded));
    }

    @Override
    public Scalar decodeScalar(byte[] encoded) throws DecodingException {
        return scalars.decode(this, encoded);
    }

    @Override
    public SecretScalar decodeSecret(Secrets scope, byte[] encoded) throws DecodingException {
        return scalars.decodeSecret(this, scope, encoded);
    }

    @Override
    public Scalar scalar(long value) {
        return scalars.small(this, value);
    }

    @Override
    public Scalar reduce(byte[] bigEndian) {
        return scalars.reduce(this, bigEndian);
    }

    @Override
    public SecretScalar reduceSecret(Secrets scope, byte[] bigEndian) {
        return scalars.reduceSecret(this, scope, bigEndian);
    }

    void requireMine(Group other) {
        if (!equals(other)) {
            throw new IllegalArgumentException(name + " does not work with " + other.name());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
