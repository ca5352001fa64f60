package quorate.algebra.internal;

import java.math.BigInteger;

/** Points of y² = x³ + a·x + b by the rules of a textbook, on BigInteger: the other opinion of the tests. */
record AffineWeierstrass(BigInteger p, BigInteger a, BigInteger x, BigInteger y, boolean isIdentity) {
    static AffineWeierstrass identity(BigInteger p, BigInteger a) {
        return new AffineWeierstrass(p, a, BigInteger.ZERO, BigInteger.ZERO, true);
    }

    AffineWeierstrass negate() {
        return isIdentity ? this : new AffineWeierstrass(p, a, x, y.negate().mod(p), false);
    }

    AffineWeierstrass plus(AffineWeierstrass other) {
        if (isIdentity) {
            return other;
        }
        if (other.isIdentity) {
            return this;
        }
        if (equals(other.negate())) {
            return identity(p, a);
        }
        var slope = equals(other)
                ? x.pow(2).multiply(BigInteger.valueOf(3)).add(a).multiply(y.shiftLeft(1).modInverse(p))
                : other.y.subtract(y).multiply(other.x.subtract(x).modInverse(p));
        var newX = slope.pow(2).subtract(x).subtract(other.x).mod(p);
        return new AffineWeierstrass(p, a, newX, slope.multiply(x.subtract(newX)).subtract(y).mod(p), false);
    }
}
