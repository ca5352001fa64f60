package quorate.algebra.internal;

import quorate.algebra.ConstantTime;
import quorate.algebra.DecodingException;

/**
 * Points of edwards25519 as 32 bytes: y, little-endian, with the parity of x as the highest bit.
 *
 * <p>Source: RFC 8032, sections 5.1.2 and 5.1.3, read strictly: each point has one encoding that is accepted.
 */
public final class EdwardsEncoding {
    public static final int BYTES = Field25519.BYTES;

    private static final int SIGN_BIT = 7;

    private EdwardsEncoding() {}

    @ConstantTime
    public static byte[] encode(ExtendedPoint p) {
        var inverse = new Field25519();
        var affine = new Field25519();
        Roots25519.invert(inverse, p.z);
        affine.multiply(p.x, inverse);
        int sign = affine.parity();
        affine.multiply(p.y, inverse);
        var bytes = affine.encode();
        bytes[BYTES - 1] |= (byte) (sign << SIGN_BIT);
        inverse.wipe();
        affine.wipe();
        return bytes;
    }

    /** Any point of the curve, also O and one of small order. Variable time. The result has Z = 1. */
    public static ExtendedPoint decode(byte[] encoded) throws DecodingException {
        if (encoded.length != BYTES) {
            throw new DecodingException("a point has " + BYTES + " bytes, not " + encoded.length);
        }
        var y = new Field25519();
        if (!y.decode(encoded)) {
            throw new DecodingException("the y-coordinate is not below p");
        }
        // x² = (y² - 1)/(d·y² + 1); -1/d is no square, so the divisor is not 0.
        var one = Field25519.of(1);
        var u = new Field25519();
        var v = new Field25519();
        u.square(y);
        v.multiply(u, EdwardsLaw.D);
        v.add(v, one);
        u.subtract(u, one);
        var x = new Field25519();
        if (!Roots25519.squareRootOfRatio(x, u.carry(), v.carry())) {
            throw new DecodingException("no point of the curve has this y-coordinate");
        }
        int sign = (encoded[BYTES - 1] & 0xff) >> SIGN_BIT;
        if (sign == 1 && x.isZero()) {
            throw new DecodingException("x is 0 with the sign bit set");
        }
        if (x.parity() != sign) {
            x.negate(x);
        }
        return new ExtendedPoint(x, y);
    }
}
