package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndomorphismTest {
    private static final long SEED = 2001;
    private static final int RANDOM_CASES = 10_000;
    private static final ScalarField SCALARS = ScalarField.SECP256K1;
    private static final BigInteger Q = SCALARS.order();
    private static final BigInteger LIMIT = BigInteger.TWO.pow(128);

    private final Random random = new Random(SEED);

    @Test
    void hasARootOfUnityOnEachSide() {
        assertThat(Endomorphism.LAMBDA).isNotEqualTo(BigInteger.ONE);
        assertThat(Endomorphism.LAMBDA.modPow(BigInteger.valueOf(3), Q)).isOne();
        var field = Secp256k1Field.INSTANCE;
        var cube = new long[Limbs.COUNT];
        field.square(cube, Endomorphism.BETA);
        field.multiply(cube, cube, Endomorphism.BETA);
        PrimeField.difference(cube, cube, field.element(BigInteger.ONE));
        assertThat(field.isZero(cube)).isEqualTo(-1);
    }

    @Test
    void mapsAPointToItsMultipleByLambda() {
        var curve = Curve.secp256k1();
        var point = curve.generator();
        for (int i = 0; i < 100; i++) {
            var mapped = curve.negate(curve.negate(point));
            Secp256k1Field.INSTANCE.multiply(mapped.x, point.x, Endomorphism.BETA);
            var multiple = curve.identity();
            for (int bit = 255; bit >= 0; bit--) {
                multiple = curve.add(multiple, multiple);
                multiple = Endomorphism.LAMBDA.testBit(bit) ? curve.add(multiple, point) : multiple;
            }
            assertThat(curve.areEqual(mapped, multiple)).isTrue();
            point = curve.add(mapped, curve.generator());
        }
    }

    @Test
    void splitsWithABasisOfTheLattice() {
        var a1 = Endomorphism.A1;
        var b1 = Endomorphism.B1;
        var a2 = Endomorphism.A2;
        var b2 = Endomorphism.B2;
        assertThat(b1.multiply(Endomorphism.LAMBDA).add(a1).mod(Q)).isZero();
        assertThat(b2.multiply(Endomorphism.LAMBDA).add(a2).mod(Q)).isZero();
        assertThat(a1.multiply(b2).subtract(a2.multiply(b1))).isEqualTo(Q);
        // The bounds that the class doc derives, with room for the approximated quotients.
        assertThat(a1.abs().add(a2.abs())).isLessThan(LIMIT.shiftLeft(1).subtract(BigInteger.TEN));
        assertThat(b1.abs().add(b2.abs())).isLessThan(LIMIT.shiftLeft(1).subtract(BigInteger.TEN));
    }

    @Test
    void splitsEveryScalarIntoHalvesBelowTheBound() {
        for (var k : scalars()) {
            var second = new long[ScalarField.LIMBS];
            Endomorphism.secondPart(second, SCALARS.element(k));
            var k2 = centred(second);
            var k1 = centred(SCALARS.element(k.subtract(k2.multiply(Endomorphism.LAMBDA))));
            assertThat(k1.abs()).isLessThan(LIMIT);
            assertThat(k2.abs()).isLessThan(LIMIT);
            assertThat(k1.add(k2.multiply(Endomorphism.LAMBDA)).mod(Q)).isEqualTo(k);
        }
    }

    @Test
    void writesBothHalvesInOddDigits() {
        for (var k : scalars()) {
            try (var halves = new Endomorphism.Halves(SCALARS.element(k))) {
                for (var half : List.of(halves.first(), halves.second())) {
                    assertThat(littleEndian(half).bitLength()).isLessThanOrEqualTo(129);
                }
                var first = SignedWindowsTest.value(halves.first(), Endomorphism.WINDOWS);
                var second = SignedWindowsTest.value(halves.second(), Endomorphism.WINDOWS);
                assertThat(first.add(second.multiply(Endomorphism.LAMBDA)).mod(Q)).isEqualTo(k);
            }
        }
    }

    @Test
    void wipesTheHalves() {
        var halves = new Endomorphism.Halves(SCALARS.element(Q.shiftRight(1)));
        halves.close();
        assertThat(halves.first()).containsOnly(0);
        assertThat(halves.second()).containsOnly(0);
    }

    /** Small and large ones, small combinations of 1 and λ, those where a quotient is about to round, random ones. */
    private List<BigInteger> scalars() {
        var scalars = new ArrayList<BigInteger>();
        for (int a = -4; a <= 4; a++) {
            for (int b = -4; b <= 4; b++) {
                var lambdas = Endomorphism.LAMBDA.multiply(BigInteger.valueOf(b));
                scalars.add(lambdas.add(BigInteger.valueOf(a)).mod(Q));
                for (int bit : new int[] {64, 126, 127, 128}) {
                    scalars.add(lambdas.shiftLeft(bit).add(BigInteger.valueOf(a).shiftLeft(127)).mod(Q));
                }
            }
        }
        for (int bit = 0; bit < 256; bit++) {
            scalars.add(BigInteger.ONE.shiftLeft(bit).mod(Q));
            scalars.add(Q.subtract(BigInteger.ONE.shiftLeft(bit)).mod(Q));
        }
        for (int i = 0; i < 2_000; i++) {
            var divisor = i % 2 == 0 ? Endomorphism.B2 : Endomorphism.B1.negate();
            var half = new BigInteger(127, random).shiftLeft(1).add(BigInteger.ONE);
            var edge = half.multiply(Q).divide(divisor.shiftLeft(1));
            for (int offset = -1; offset <= 2; offset++) {
                scalars.add(edge.add(BigInteger.valueOf(offset)).mod(Q));
            }
        }
        for (int i = 0; i < RANDOM_CASES; i++) {
            scalars.add(new BigInteger(256, random).mod(Q));
        }
        return scalars;
    }

    private static BigInteger centred(long[] scalar) {
        var value = littleEndian(SCALARS.littleEndian(scalar));
        return value.compareTo(Q.shiftRight(1)) > 0 ? value.subtract(Q) : value;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
