package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** The group as the protocols see it, against BouncyCastle's Ed25519 and its curve25519 in Weierstrass form. */
class EdwardsGroupTest {
    private static final long SEED = 25524;
    private static final int RANDOM_CASES = 10_000;
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private final Group group = EdwardsGroup.ed25519();
    private final Random random = new Random(SEED);

    @Test
    void hasTheParametersOfTheSpecification() {
        assertThat(group.name()).isEqualTo("edwards25519");
        assertThat(group.curveId()).isEqualTo(5);
        assertThat(group.scalarBytes()).isEqualTo(32);
        assertThat(group.pointBytes()).isEqualTo(32);
        assertThat(group.wideBytes()).isEqualTo(48);
        assertThat(group.generator().group()).isSameAs(group);
        assertThat(group.generator()).hasToString("58" + "66".repeat(31));
        assertThat(group.identity()).hasToString("O");
    }

    @Test
    void multipliesTheGeneratorAsBouncyCastleDoes() throws DecodingException {
        var seed = new byte[32];
        var expected = new byte[32];
        for (int i = 0; i < RANDOM_CASES; i++) {
            random.nextBytes(seed);
            Ed25519.generatePublicKey(seed, 0, expected, 0);
            var k = Rfc8032.secretScalar(group, seed);
            var point = group.multiplyBase(k);
            assertThat(point.encode()).isEqualTo(expected);
            assertThat(group.decodePoint(expected)).isEqualTo(point);
            assertThat(point.hasEvenY()).isEqualTo((expected[0] & 1) == 0);
        }
    }

    @Test
    void addsNegatesAndMultipliesAsBouncyCastleDoes() {
        var p = group.generator();
        var expectedP = Weierstrass.GENERATOR;
        var q = group.identity();
        var expectedQ = expectedP.getCurve().getInfinity();
        for (int i = 0; i < RANDOM_CASES; i++) {
            var k = randomScalar();
            var product = p.times(k);
            var expectedProduct = expectedP.multiply(new BigInteger(1, reversed(k.encode())));
            assertSame(
                    List.of(
                            product,
                            product.plus(q),
                            product.minus(q),
                            product.plus(product),
                            product.negate()),
                    expectedProduct,
                    expectedProduct.add(expectedQ),
                    expectedProduct.subtract(expectedQ),
                    expectedProduct.twice(),
                    expectedProduct.negate());
            q = p;
            expectedQ = expectedP;
            p = product;
            expectedP = expectedProduct;
        }
    }

    private static void assertSame(List<Point> actual, ECPoint... expected) {
        Weierstrass.GENERATOR.getCurve().normalizeAll(expected);
        for (int i = 0; i < expected.length; i++) {
            var encoding = new BigInteger(1, reversed(actual.get(i).encode()));
            assertThat(encoding).isEqualTo(Weierstrass.encoding(expected[i]));
        }
    }

    @Test
    void multipliesBySecretsAsByPublicNumbers() {
        try (var scope = new Secrets()) {
            for (int i = 0; i < 100; i++) {
                var k = randomScalar();
                var secret = SecretScalar.of(scope, k);
                var point = group.multiplyBase(k);
                assertThat(group.multiplyBase(secret)).isEqualTo(point);
                assertThat(point.times(secret)).isEqualTo(point.times(k)).isEqualTo(group.multiplyBase(k.times(k)));
                assertThat(secret.publish()).isEqualTo(k);
            }
        }
    }

    @Test
    void refusesASecretThatIsErased() {
        var scope = new Secrets();
        var erased = SecretScalar.of(scope, group.scalar(5));
        erased.erase();
        assertThatIllegalStateException().isThrownBy(() -> group.multiplyBase(erased));
        assertThatIllegalStateException().isThrownBy(() -> group.generator().times(erased));
        var closed = SecretScalar.of(scope, group.scalar(5));
        scope.close();
        assertThatIllegalStateException().isThrownBy(() -> group.multiplyBase(closed));
    }

    @Test
    void multipliesByZeroOneAndMinusOne() {
        var zero = group.scalar(0);
        var one = group.scalar(1);
        var point = group.multiplyBase(randomScalar());
        assertThat(group.multiplyBase(zero)).isEqualTo(group.identity());
        assertThat(group.multiplyBase(one)).isEqualTo(group.generator());
        assertThat(group.multiplyBase(one.negate())).isEqualTo(group.generator().negate());
        assertThat(point.times(zero)).isEqualTo(group.identity());
        assertThat(point.times(one)).isEqualTo(point);
        assertThat(point.times(one.negate())).isEqualTo(point.negate());
        assertThat(group.identity().times(randomScalar())).isEqualTo(group.identity());
    }

    @Test
    void computesWithTheNeutralElement() {
        var identity = group.identity();
        var point = group.multiplyBase(randomScalar());
        assertThat(point.plus(identity)).isEqualTo(point);
        assertThat(identity.plus(point)).isEqualTo(point);
        assertThat(identity.minus(point)).isEqualTo(point.negate());
        assertThat(point.minus(point)).isEqualTo(identity);
        assertThat(point.minus(point).isIdentity()).isTrue();
        assertThat(identity.plus(identity)).isEqualTo(identity);
        assertThat(identity.negate()).isEqualTo(identity);
        assertThat(point.isIdentity()).isFalse();
    }

    @Test
    void hasNoEncodingOfTheNeutralElement() {
        var identity = group.generator().minus(group.generator());
        assertThatIllegalStateException().isThrownBy(identity::encode);
        assertThatIllegalStateException().isThrownBy(identity::hasEvenY);
        assertThat(identity).hasToString("O").hasSameHashCodeAs(group.identity());
    }

    @Test
    void comparesPointsNotTheirRepresentation() {
        for (int i = 0; i < 1000; i++) {
            var a = randomScalar();
            var b = randomScalar();
            var sum = group.multiplyBase(a.plus(b));
            var same = group.multiplyBase(a).plus(group.multiplyBase(b));
            assertThat(same).isEqualTo(sum).hasSameHashCodeAs(sum).hasToString(sum.toString());
            assertThat(same).isNotEqualTo(sum.negate()).isNotEqualTo(group.identity()).isNotEqualTo(a);
        }
    }

    private Scalar randomScalar() {
        var wide = new byte[group.wideBytes()];
        random.nextBytes(wide);
        return group.reduce(wide);
    }

    static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /**
     * edwards25519 as the Weierstrass curve with X = u + 486662/3 and Y = v, where x = √-486664·u/v and
     * y = (u - 1)/(u + 1): RFC 7748, section 4.1.
     */
    private static final class Weierstrass {
        static final ECPoint GENERATOR = CustomNamedCurves.getByName("Curve25519").getG();

        private static final BigInteger SHIFT =
                BigInteger.valueOf(486662).multiply(BigInteger.valueOf(3).modInverse(P));
        private static final BigInteger ROOT = root();

        /** That of the two roots which sends the generator to a point with even x. */
        private static BigInteger root() {
            var root = GENERATOR
                    .getCurve()
                    .fromBigInteger(P.subtract(BigInteger.valueOf(486664)))
                    .sqrt()
                    .toBigInteger();
            var u = GENERATOR.getAffineXCoord().toBigInteger().subtract(SHIFT);
            var v = GENERATOR.getAffineYCoord().toBigInteger();
            var x = root.multiply(u).multiply(v.modInverse(P)).mod(P);
            return x.testBit(0) ? P.subtract(root) : root;
        }

        /** The number in the encoding of RFC 8032. */
        static BigInteger encoding(ECPoint affine) {
            var u = affine.getAffineXCoord().toBigInteger().subtract(SHIFT);
            var v = affine.getAffineYCoord().toBigInteger();
            var above = u.add(BigInteger.ONE);
            var inverse = v.multiply(above).modInverse(P);
            var x = ROOT.multiply(u).multiply(above).multiply(inverse).mod(P);
            var y = u.subtract(BigInteger.ONE).multiply(v).multiply(inverse).mod(P);
            return x.testBit(0) ? y.setBit(255) : y;
        }
    }
}
