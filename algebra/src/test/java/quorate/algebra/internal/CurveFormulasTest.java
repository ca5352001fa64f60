package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The formulas against a textbook, with every operand in a random representation: any Z, and multiples of p added until
 * the limbs reach the magnitude that coordinates may have.
 */
class CurveFormulasTest {
    private static final long SEED = 20151060;
    private static final int RANDOM_CASES = 10_000;

    private final Random random = new Random(SEED);
    private final Scratch scratch = new Scratch();

    static Stream<Curve> curves() {
        return Stream.of(Curve.secp256k1(), Curve.p256());
    }

    @ParameterizedTest
    @MethodSource("curves")
    void addsAllPairs(Curve curve) {
        var points = points(curve);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var p = pick(points);
            var q = partner(points, p, i);
            var r = new Projective();
            curve.add(r, represent(curve, p), represent(curve, q), scratch);
            assertIs(curve, r, p.plus(q));
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void addsInPlace(Curve curve) {
        var points = points(curve);
        for (int i = 0; i < 1_000; i++) {
            var p = pick(points);
            var q = partner(points, p, i);
            var r = represent(curve, p);
            curve.add(r, r, represent(curve, q), scratch);
            assertIs(curve, r, p.plus(q));
            r = represent(curve, q);
            curve.add(r, represent(curve, p), r, scratch);
            assertIs(curve, r, p.plus(q));
            r = represent(curve, p);
            curve.add(r, r, r, scratch);
            assertIs(curve, r, p.plus(p));
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void addsAffinePoints(Curve curve) {
        var points = points(curve);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var p = pick(points);
            var q = partner(points, p, i);
            if (q.isIdentity()) {
                continue; // has no affine form
            }
            var r = represent(curve, p);
            curve.addAffine(r, r, curve.field().element(q.x()), curve.field().element(q.y()), scratch);
            assertIs(curve, r, p.plus(q));
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void doubles(Curve curve) {
        var points = points(curve);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var p = pick(points);
            if (p.isIdentity()) {
                continue; // is not asked for
            }
            int times = i % 6;
            var r = represent(curve, p);
            curve.doubleTimes(r, times, scratch);
            var expected = p;
            for (int j = 0; j < times; j++) {
                expected = expected.plus(expected);
            }
            assertIs(curve, r, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void comparesPointsAndNotTheirRepresentation(Curve curve) {
        var points = points(curve);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var p = pick(points);
            var q = partner(points, p, i);
            assertThat(curve.areEqual(represent(curve, p), represent(curve, q))).isEqualTo(p.equals(q));
            assertThat(curve.isIdentity(represent(curve, p))).isEqualTo(p.isIdentity());
        }
    }

    private void assertIs(Curve curve, Projective r, AffineWeierstrass expected) {
        for (var coordinate : List.of(r.x, r.y, r.z)) {
            assertWithin(coordinate, Projective.MAGNITUDE);
        }
        assertThat(curve.isIdentity(r)).isEqualTo(expected.isIdentity());
        var field = curve.field();
        if (expected.isIdentity()) {
            assertThat(field.isZero(r.x)).isEqualTo(-1);
            assertThat(field.isZero(r.y)).isZero();
        } else {
            assertRatio(field, r.x, r.z, expected.x());
            assertRatio(field, r.y, r.z, expected.y());
        }
    }

    private static void assertRatio(PrimeField field, long[] coordinate, long[] z, BigInteger affine) {
        var t = new long[Limbs.COUNT];
        field.multiply(t, z, field.element(affine));
        PrimeField.difference(t, t, coordinate);
        assertThat(field.isZero(t)).isEqualTo(-1);
    }

    private static void assertWithin(long[] limbs, int magnitude) {
        for (int i = 0; i < Limbs.COUNT; i++) {
            double bound = i < Limbs.COUNT - 1 ? 0x1p52 + 0x1p10 : 0x1p48 + 0x1p26;
            assertThat((double) Math.abs(limbs[i])).isLessThanOrEqualTo(magnitude * bound);
        }
    }

    /** Mostly another point; often the same, its negative, or O. */
    private AffineWeierstrass partner(List<AffineWeierstrass> points, AffineWeierstrass p, int i) {
        return switch (i % 8) {
            case 0 -> p;
            case 1 -> p.negate();
            case 2 -> points.getFirst();
            default -> pick(points);
        };
    }

    private AffineWeierstrass pick(List<AffineWeierstrass> points) {
        return points.get(random.nextInt(points.size()));
    }

    /** O, G, 2G, 3G, ... and points far from them. */
    private static List<AffineWeierstrass> points(Curve curve) {
        var p = curve.field().modulus();
        var a = curve instanceof P256Curve ? p.subtract(BigInteger.valueOf(3)) : BigInteger.ZERO;
        var encoded = curve.encode(curve.generator());
        var x = new BigInteger(1, Arrays.copyOfRange(encoded, 1, encoded.length));
        var linear = new long[Limbs.COUNT];
        curve.linearTerms(linear, curve.field().element(x));
        var bytes = new byte[32];
        curve.field().encode(bytes, 0, linear);
        var square = x.pow(3).add(new BigInteger(1, bytes));
        var y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        var generator = new AffineWeierstrass(p, a, x, y, false);
        var points = new ArrayList<AffineWeierstrass>();
        points.add(AffineWeierstrass.identity(p, a));
        for (int i = 0; i < 20; i++) {
            points.add(points.getLast().plus(generator));
        }
        for (int i = 0; i < 300; i++) {
            points.add(points.getLast().plus(points.getLast()));
        }
        return points;
    }

    /** (x·z : y·z : z) for a random z, or (0 : y : 0), plus -3 to 2 times p in each coordinate. */
    private Projective represent(Curve curve, AffineWeierstrass point) {
        var field = curve.field();
        var p = field.modulus();
        var z = new BigInteger(250, random).add(BigInteger.ONE);
        var result = new Projective();
        if (point.isIdentity()) {
            fill(field, result.x, BigInteger.ZERO);
            fill(field, result.y, z);
            fill(field, result.z, BigInteger.ZERO);
        } else {
            fill(field, result.x, point.x().multiply(z).mod(p));
            fill(field, result.y, point.y().multiply(z).mod(p));
            fill(field, result.z, z);
        }
        return result;
    }

    private void fill(PrimeField field, long[] limbs, BigInteger value) {
        var multiple = Limbs.of(field.modulus());
        PrimeField.scale(multiple, multiple, random.nextInt(6) - 3);
        PrimeField.sum(limbs, field.element(value), multiple);
    }
}
