package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the complete formulas, which CurveFormulasTest compares with a textbook. */
class JacobianTest {
    private static final long SEED = 1998;
    private static final int RANDOM_CASES = 2_000;
    private static final Curve CURVE = Curve.secp256k1();
    private static final PrimeField F = CURVE.field();
    private static final long[] ONE = F.element(BigInteger.ONE);

    private final Random random = new Random(SEED);
    private final Scratch scratch = new Scratch();

    @Test
    void doublesAndAddsInTurn() {
        var sum = affine(randomPoint());
        for (int i = 0; i < RANDOM_CASES; i++) {
            int times = i % 6;
            var other = affine(randomPoint());
            var expected = projective(sum);
            CURVE.doubleTimes(expected, times, scratch);
            sum.doubleTimes(times, scratch);
            assertIs(sum, expected);
            expected = CURVE.add(projective(sum), projective(other));
            sum.add(other.x, other.y, scratch);
            assertIs(sum, expected);
        }
    }

    @Test
    void keepsXAndYWithinTheirMagnitudes() {
        var sum = affine(randomPoint());
        for (int i = 0; i < RANDOM_CASES; i++) {
            var other = affine(randomPoint());
            sum.doubleTimes(1 + i % 5, scratch);
            assertWithin(sum.x, 3);
            sum.add(other.x, other.y, scratch);
            assertWithin(sum.x, 4);
            assertWithin(sum.y, 1);
            assertWithin(sum.z, 1);
        }
    }

    @Test
    void tabulatesTheOddMultiplesOfAPoint() {
        for (int i = 0; i < 100; i++) {
            var p = i == 0 ? CURVE.generator() : randomPoint();
            try (var multiples = new ScaledMultiples(p, scratch)) {
                for (int window = 0; window < 32; window++) {
                    var expected = times(p, Math.abs(2 * window - 31));
                    var selected = new Projective();
                    multiples.select(selected, window, scratch);
                    assertThat(CURVE.areEqual(selected, window < 16 ? CURVE.negate(expected) : expected))
                            .isTrue();
                    var scaled = new Jacobian();
                    multiples.select(scaled.x, scaled.y, window, scratch);
                    PrimeField.copy(scaled.z, ONE);
                    var back = new Projective();
                    multiples.toProjective(back, scaled, scratch);
                    assertThat(CURVE.areEqual(back, selected)).isTrue();
                }
            }
        }
    }

    @Test
    void halvesThreeTimesANumber() {
        var twice = F.element(BigInteger.TWO);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = F.element(i < 100 ? BigInteger.valueOf(i - 50) : new BigInteger(256, random));
            PrimeField.negateIf(a, -(i & 1));
            var r = new long[Limbs.COUNT];
            Secp256k1Field.INSTANCE.threeHalves(r, a);
            assertWithin(r, 2);
            F.multiply(r, r, twice);
            PrimeField.scale(a, a, 3);
            PrimeField.difference(r, r, a);
            assertThat(F.isZero(r)).isEqualTo(-1);
        }
    }

    private static void assertIs(Jacobian actual, Projective expected) {
        assertThat(CURVE.areEqual(projective(actual), expected)).isTrue();
    }

    private static Projective projective(Jacobian p) {
        var r = new Projective();
        p.toProjective(r, ONE, new Scratch());
        return r;
    }

    private static Jacobian affine(Projective p) {
        var inverse = new long[Limbs.COUNT];
        F.invert(inverse, p.z);
        var r = new Jacobian();
        F.multiply(r.x, p.x, inverse);
        F.multiply(r.y, p.y, inverse);
        PrimeField.copy(r.z, ONE);
        return r;
    }

    private static Projective times(Projective p, int k) {
        var r = CURVE.identity();
        for (int i = 0; i < k; i++) {
            r = CURVE.add(r, p);
        }
        return r;
    }

    private Projective randomPoint() {
        var r = CURVE.generator();
        for (int i = 0; i < 40; i++) {
            r = CURVE.add(r, random.nextBoolean() ? r : CURVE.generator());
        }
        return r;
    }

    private static void assertWithin(long[] limbs, int magnitude) {
        for (int i = 0; i < Limbs.COUNT; i++) {
            double bound = i < Limbs.COUNT - 1 ? 0x1p52 + 0x1p10 : 0x1p48 + 0x1p26;
            assertThat((double) Math.abs(limbs[i])).isLessThanOrEqualTo(magnitude * bound);
        }
    }
}
