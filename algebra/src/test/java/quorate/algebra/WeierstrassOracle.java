package quorate.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** BouncyCastle's opinion of a Weierstrass group. */
record WeierstrassOracle(Group group, ECPoint generator, BigInteger order) {
    static final WeierstrassOracle SECP256K1 = of(WeierstrassGroup.secp256k1(), "secp256k1");
    static final WeierstrassOracle P256 = of(WeierstrassGroup.p256(), "secp256r1");

    private static WeierstrassOracle of(Group group, String name) {
        var parameters = CustomNamedCurves.getByName(name);
        return new WeierstrassOracle(group, parameters.getG(), parameters.getN());
    }

    static Stream<WeierstrassOracle> all() {
        return Stream.of(SECP256K1, P256);
    }

    BigInteger prime() {
        return generator.getCurve().getField().getCharacteristic();
    }

    ECPoint multiplyBase(BigInteger k) {
        return new FixedPointCombMultiplier().multiply(generator, k);
    }

    /** The same point, by its encoding. */
    Point here(ECPoint point) throws DecodingException {
        return point.isInfinity() ? group.identity() : group.decodePoint(point.getEncoded(true));
    }

    Scalar scalar(BigInteger value) {
        return group.reduce(unsigned(value.mod(order)));
    }

    /** 0, small and large ones, powers of two and their neighbours, all digits of a window alike. */
    List<BigInteger> edgeScalars() {
        var scalars = new ArrayList<BigInteger>();
        for (int i = 0; i < 40; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(order.subtract(BigInteger.valueOf(i + 1)));
            scalars.add(order.shiftRight(1).add(BigInteger.valueOf(i - 20)));
        }
        for (int bit = 6; bit < 256; bit++) {
            var power = BigInteger.ONE.shiftLeft(bit);
            scalars.add(power);
            scalars.add(power.subtract(BigInteger.ONE));
            scalars.add(order.subtract(power).mod(order));
        }
        for (int digit = 1; digit < 32; digit++) {
            var repeated = BigInteger.ZERO;
            for (int i = 0; i < 51; i++) {
                repeated = repeated.shiftLeft(5).add(BigInteger.valueOf(digit));
            }
            scalars.add(repeated);
        }
        return scalars;
    }

    BigInteger random(Random random) {
        return new BigInteger(256, random).mod(order);
    }

    static byte[] unsigned(BigInteger value) {
        var out = new byte[32];
        var bytes = value.toByteArray();
        int significant = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - significant, out, 32 - significant, significant);
        return out;
    }

    @Override
    public String toString() {
        return group.name();
    }
}
