package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.internal.AffineEdwards.BASE;
import static quorate.algebra.internal.AffineEdwards.L;
import static quorate.algebra.internal.AffineEdwards.littleEndian;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** k·P and k·G at the level of bytes and any point of the curve; against BouncyCastle see EdwardsGroupTest. */
class EdwardsMultiplicationTest {
    private static final long SEED = 25523;

    private final Random random = new Random(SEED);

    @Test
    void multipliesAnyPointOfTheCurve() {
        var points = new ArrayList<>(AffineEdwards.torsion());
        points.add(BASE);
        for (int i = 0; i < 2; i++) {
            points.add(AffineEdwards.random(random));
        }
        for (var point : points) {
            for (var k : numbers()) {
                var product = EdwardsMultiplication.multiply(littleEndian(k), point.extended(random));
                assertThat(AffineEdwards.of(product)).isEqualTo(point.times(k));
            }
        }
    }

    @Test
    void multipliesAFixedPointFromItsTable() {
        for (var point : List.of(BASE, AffineEdwards.random(random))) {
            var table = new EdwardsBaseTable(point.extended(random));
            for (var k : numbers()) {
                assertThat(AffineEdwards.of(table.multiply(littleEndian(k)))).isEqualTo(point.times(k));
            }
        }
    }

    @Test
    void selectsEveryDigitFromEveryRow() {
        for (boolean affine : new boolean[] {true, false}) {
            var table = new PreparedTable(2, affine);
            var base = List.of(BASE, AffineEdwards.random(random));
            for (int row = 0; row < 2; row++) {
                for (int i = 1; i <= PreparedTable.ROW; i++) {
                    table.store(row, i, prepared(base.get(row).times(BigInteger.valueOf(i))));
                }
            }
            for (int row = 0; row < 2; row++) {
                for (int digit = -8; digit <= 8; digit++) {
                    var positive = base.get(row).times(BigInteger.valueOf(Math.abs(digit)));
                    var expected = prepared(digit < 0 ? positive.negate() : positive);
                    var selected = table.selection().of(row, digit);
                    assertSame(selected.sum, expected.sum);
                    assertSame(selected.difference, expected.difference);
                    assertSame(selected.product, expected.product);
                    assertSame(selected.twiceZ, affine ? new Field25519() : expected.twiceZ);
                }
            }
            table.wipe();
            assertThat(table.selection().of(1, 5).sum.isZero()).isTrue();
        }
    }

    @Test
    void knowsThePointsOfTheSubgroup() {
        var torsion = AffineEdwards.torsion();
        var inside = BASE.times(new BigInteger(252, random));
        var step = BASE.times(new BigInteger(252, random));
        for (int i = 0; i < 500; i++) {
            inside = inside.plus(step);
            for (var small : torsion) {
                var point = inside.plus(small);
                assertThat(EdwardsSubgroup.contains(point.extended(random))).isEqualTo(small.equals(AffineEdwards.O));
            }
        }
        for (var small : torsion) {
            assertThat(EdwardsSubgroup.contains(small.extended(random))).isEqualTo(small.equals(AffineEdwards.O));
        }
    }

    private static void assertSame(Field25519 actual, Field25519 expected) {
        assertThat(AffineEdwards.value(actual)).isEqualTo(AffineEdwards.value(expected));
    }

    /** With Z = 1. */
    private static PreparedPoint prepared(AffineEdwards p) {
        return new PreparedPoint()
                .set(new ExtendedPoint(AffineEdwards.field(p.x()), AffineEdwards.field(p.y())));
    }

    private List<BigInteger> numbers() {
        var numbers = new ArrayList<BigInteger>();
        for (int i = 0; i <= 8; i++) {
            numbers.add(BigInteger.valueOf(i));
            numbers.add(L.add(BigInteger.valueOf(i - 4)));
        }
        numbers.add(BigInteger.TWO.pow(254).subtract(BigInteger.ONE));
        for (int bit = 3; bit < 254; bit += 25) {
            numbers.add(BigInteger.ONE.shiftLeft(bit));
        }
        for (int i = 0; i < 10; i++) {
            numbers.add(new BigInteger(254, random));
        }
        return numbers;
    }
}
