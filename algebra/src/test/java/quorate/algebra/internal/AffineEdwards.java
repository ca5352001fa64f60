package quorate.algebra.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** edwards25519 as its equation says, in affine coordinates and BigInteger: the oracle for the group law. */
record AffineEdwards(BigInteger x, BigInteger y) {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = ScalarField.ED25519.order();
    /** RFC 8032, section 5.1, table 1. */
    static final BigInteger D =
            new BigInteger("37095705934669439343138083508754565189542113879843219016388785533085940283555");

    static final AffineEdwards BASE = new AffineEdwards(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    static final AffineEdwards O = new AffineEdwards(BigInteger.ZERO, BigInteger.ONE);

    AffineEdwards plus(AffineEdwards q) {
        var product = D.multiply(x).multiply(q.x).mod(P).multiply(y).multiply(q.y).mod(P);
        var belowX = BigInteger.ONE.add(product);
        var belowY = BigInteger.ONE.subtract(product);
        var inverse = belowX.multiply(belowY).modInverse(P);
        return new AffineEdwards(
                x.multiply(q.y).add(y.multiply(q.x)).multiply(belowY).multiply(inverse).mod(P),
                y.multiply(q.y).add(x.multiply(q.x)).multiply(belowX).multiply(inverse).mod(P));
    }

    AffineEdwards negate() {
        return new AffineEdwards(x.negate().mod(P), y);
    }

    AffineEdwards times(BigInteger k) {
        var result = O;
        for (int i = k.bitLength() - 1; i >= 0; i--) {
            result = result.plus(result);
            if (k.testBit(i)) {
                result = result.plus(this);
            }
        }
        return result;
    }

    /** A point with this y, if there is one. */
    static List<AffineEdwards> withY(BigInteger y) {
        var square = y.multiply(y);
        var u = square.subtract(BigInteger.ONE);
        var v = D.multiply(square).add(BigInteger.ONE);
        var root = squareRoot(u.multiply(v.modInverse(P)).mod(P));
        return root.signum() < 0 ? List.of() : List.of(new AffineEdwards(root, y));
    }

    /** The even root, or -1 if there is none. Atkin, for p = 5 mod 8: a·v·(2a·v² - 1) with v = (2a)^((p-5)/8). */
    static BigInteger squareRoot(BigInteger a) {
        var twice = a.shiftLeft(1);
        var v = twice.modPow(P.subtract(BigInteger.valueOf(5)).shiftRight(3), P);
        var i = twice.multiply(v).multiply(v).mod(P);
        var root = a.multiply(v).multiply(i.subtract(BigInteger.ONE)).mod(P);
        if (!root.multiply(root).subtract(a).mod(P).equals(BigInteger.ZERO)) {
            return BigInteger.ONE.negate();
        }
        return root.testBit(0) ? P.subtract(root) : root;
    }

    /** Any point of the curve, mostly of order 2L, 4L or 8L. */
    static AffineEdwards random(Random random) {
        while (true) {
            for (var point : withY(new BigInteger(255, random).mod(P))) {
                return random.nextBoolean() ? point : point.negate();
            }
        }
    }

    /** The 8 points of order 1, 2, 4 and 8. */
    static List<AffineEdwards> torsion() {
        var random = new Random(8);
        while (true) {
            var generator = random(random).times(L);
            var points = new ArrayList<AffineEdwards>();
            for (var point = O; !points.contains(point); point = point.plus(generator)) {
                points.add(point);
            }
            if (points.size() == 8) {
                return points;
            }
        }
    }

    /** The same point with a random Z. */
    ExtendedPoint extended(Random random) {
        var z = new BigInteger(255, random).mod(P.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        var p = new ExtendedPoint();
        p.x.set(field(x.multiply(z).mod(P)));
        p.y.set(field(y.multiply(z).mod(P)));
        p.z.set(field(z));
        p.t.set(field(x.multiply(y).mod(P).multiply(z).mod(P)));
        return p;
    }

    /** The affine point of p, whose T is checked. */
    static AffineEdwards of(ExtendedPoint p) {
        var inverse = value(p.z).modInverse(P);
        var point = new AffineEdwards(
                value(p.x).multiply(inverse).mod(P), value(p.y).multiply(inverse).mod(P));
        if (!value(p.t).multiply(inverse).mod(P).equals(point.x.multiply(point.y).mod(P))) {
            throw new AssertionError("T is not X·Y/Z");
        }
        return point;
    }

    static Field25519 field(BigInteger a) {
        var limbs = new long[Field25519.LIMBS];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = a.shiftRight(51 * i).longValue() & ((1L << 51) - 1);
        }
        return new Field25519().set(limbs[0], limbs[1], limbs[2], limbs[3], limbs[4]);
    }

    /** Σ limb_i·2^(51·i) mod p, straight from the limbs. */
    static BigInteger value(Field25519 a) {
        var sum = BigInteger.ZERO;
        for (int i = Field25519.LIMBS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(51).add(BigInteger.valueOf(limbs(a)[i]));
        }
        return sum.mod(P);
    }

    static long[] limbs(Field25519 a) {
        return new long[] {a.l0, a.l1, a.l2, a.l3, a.l4};
    }

    /** 32 little-endian bytes of a number below 2^256. */
    static byte[] littleEndian(BigInteger a) {
        var bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) a.shiftRight(8 * i).intValue();
        }
        return bytes;
    }

    /** The encoding of RFC 8032, section 5.1.2. */
    byte[] encode() {
        return littleEndian(x.testBit(0) ? y.setBit(255) : y);
    }
}
