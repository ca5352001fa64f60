package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.internal.AffineEdwards.P;
import static quorate.algebra.internal.AffineEdwards.field;
import static quorate.algebra.internal.AffineEdwards.limbs;
import static quorate.algebra.internal.AffineEdwards.littleEndian;
import static quorate.algebra.internal.AffineEdwards.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every operation against BigInteger, on random limbs and on limbs at the ends of their ranges. */
class Field25519Test {
    private static final long SEED = 25519;
    private static final int RANDOM_CASES = 10_000;
    private static final long MASK = (1L << 51) - 1;
    private static final long TIGHT = (1L << 51) + (1L << 15);
    private static final long LOOSE = 4 * TIGHT;

    private final Random random = new Random(SEED);

    private interface Pair {
        void check(Field25519 a, Field25519 b);
    }

    @Test
    void addsSubtractsAndNegatesTightNumbers() {
        forPairs(TIGHT, (a, b) -> {
            var r = new Field25519();
            r.add(a, b);
            assertThat(value(r)).isEqualTo(value(a).add(value(b)).mod(P));
            assertLimbsWithin(r, 2 * TIGHT);
            r.addTwice(a, b);
            assertThat(value(r)).isEqualTo(value(a).add(value(b).shiftLeft(1)).mod(P));
            r.subtract(a, b);
            assertThat(value(r)).isEqualTo(value(a).subtract(value(b)).mod(P));
            assertLimbsWithin(r, 2 * TIGHT);
            r.negate(b);
            assertThat(value(r)).isEqualTo(value(b).negate().mod(P));
            assertLimbsWithin(r, TIGHT);
        });
    }

    @Test
    void multipliesAndSquaresLooseNumbersIntoTightOnes() {
        forPairs(LOOSE, (a, b) -> {
            var r = new Field25519();
            r.multiply(a, b);
            assertThat(value(r)).isEqualTo(value(a).multiply(value(b)).mod(P));
            assertLimbsWithin(r, TIGHT);
            r.square(a);
            assertThat(value(r)).isEqualTo(value(a).pow(2).mod(P));
            assertLimbsWithin(r, TIGHT);
            r.set(a).carry();
            assertThat(value(r)).isEqualTo(value(a));
            assertLimbsWithin(r, TIGHT);
        });
    }

    /** Where a column is hardest to tell from its rounded value: near the largest one, and near a multiple of 2^63. */
    @Test
    void multipliesTheLargestLooseNumbersAndThoseNextToThem() {
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = new Field25519().set(nearLoose(), nearLoose(), nearLoose(), nearLoose(), nearLoose());
            var b = new Field25519().set(nearLoose(), nearLoose(), nearLoose(), nearLoose(), nearLoose());
            var r = new Field25519();
            r.multiply(a, b);
            assertThat(value(r)).isEqualTo(value(a).multiply(value(b)).mod(P));
            assertLimbsWithin(r, TIGHT);
            r.square(a);
            assertThat(value(r)).isEqualTo(value(a).pow(2).mod(P));
            assertLimbsWithin(r, TIGHT);
        }
    }

    private long nearLoose() {
        long limb = LOOSE - (random.nextLong() >>> random.nextInt(11, Long.SIZE));
        return random.nextBoolean() ? limb : -limb;
    }

    @Test
    void writesOverItsOperands() {
        forPairs(TIGHT, (a, b) -> {
            var expected = value(a).multiply(value(b)).subtract(value(b)).add(value(a)).pow(4).mod(P);
            var r = new Field25519().set(b);
            r.multiply(a, r);
            r.subtract(r, b);
            r.add(a, r);
            r.square(r, 2);
            assertThat(value(r)).isEqualTo(expected);
        });
    }

    @Test
    void squaresManyTimes() {
        var a = randomLimbs(LOOSE);
        for (int count = 1; count <= 255; count++) {
            var r = new Field25519().square(a, count);
            assertThat(value(r)).isEqualTo(value(a).modPow(BigInteger.ONE.shiftLeft(count), P));
        }
    }

    @Test
    void reducesToTheOneRepresentation() {
        forPairs(LOOSE, (a, b) -> {
            var expected = value(a);
            var r = new Field25519().set(a).reduce();
            assertThat(limbs(r)).isEqualTo(limbs(field(expected)));
            assertThat(a.encode()).isEqualTo(littleEndian(expected));
            assertThat(a.parity()).isEqualTo(expected.testBit(0) ? 1 : 0);
            assertThat(a.isZero()).isEqualTo(expected.signum() == 0);
        });
    }

    @Test
    void knowsEveryRepresentationOfZeroAndOfItsNeighbours() {
        var multiples = new ArrayList<Field25519>();
        for (int k = -3; k <= 3; k++) {
            multiples.add(new Field25519().set(k * (MASK - 18), k * MASK, k * MASK, k * MASK, k * MASK));
        }
        multiples.add(new Field25519().set(MASK - 18 + (1L << 51), MASK - 1, MASK, MASK, MASK));
        for (var zero : multiples) {
            assertThat(zero.isZero()).isTrue();
            assertThat(zero.encode()).isEqualTo(new byte[32]);
            var one = new Field25519();
            one.add(zero, Field25519.of(1));
            assertThat(one.isZero()).isFalse();
            assertThat(one.parity()).isEqualTo(1);
            assertThat(one.encode()).isEqualTo(littleEndian(BigInteger.ONE));
        }
        var minusOne = new Field25519();
        minusOne.subtract(new Field25519(), Field25519.of(1));
        assertThat(minusOne.encode()).isEqualTo(littleEndian(P.subtract(BigInteger.ONE)));
        assertThat(minusOne.parity()).isZero();
    }

    @Test
    void comparesNumbersNotRepresentations() {
        forPairs(TIGHT, (a, b) -> {
            assertThat(Field25519.areEqual(a, b)).isEqualTo(value(a).equals(value(b)));
            assertThat(Field25519.areEqual(a, field(value(a)))).isTrue();
            assertThat(Field25519.areEqual(a, field(value(a).flipBit(0).mod(P)))).isFalse();
        });
    }

    @Test
    void decodesAndTellsWhetherTheNumberIsBelowP() {
        var numbers = new ArrayList<BigInteger>();
        for (int i = -20; i < 19; i++) {
            numbers.add(P.add(BigInteger.valueOf(i)));
        }
        for (int limb = 0; limb < 5; limb++) {
            numbers.add(P.flipBit(51 * limb));
            numbers.add(P.clearBit(51 * limb + 50));
            numbers.add(BigInteger.ONE.shiftLeft(51 * limb));
            numbers.add(BigInteger.valueOf(MASK).shiftLeft(51 * limb));
        }
        numbers.add(BigInteger.ZERO);
        for (int i = 0; i < RANDOM_CASES; i++) {
            numbers.add(new BigInteger(255, random));
        }
        for (var number : numbers) {
            for (var encoded : List.of(number, number.setBit(255))) {
                var a = new Field25519();
                assertThat(a.decode(littleEndian(encoded))).isEqualTo(number.compareTo(P) < 0);
                assertThat(value(a)).isEqualTo(number.mod(P));
                assertLimbsWithin(a, MASK);
            }
        }
    }

    @Test
    void negatesAndSwapsByMask() {
        forPairs(TIGHT, (a, b) -> {
            var x = new Field25519().set(a);
            x.negateIf(0);
            assertThat(limbs(x)).isEqualTo(limbs(a));
            x.negateIf(-1);
            assertThat(value(x)).isEqualTo(value(a).negate().mod(P));
            x.negateIf(-1);
            assertThat(limbs(x)).isEqualTo(limbs(a));
            var y = new Field25519().set(b);
            Field25519.swapIf(0, x, y);
            assertThat(limbs(x)).isEqualTo(limbs(a));
            Field25519.swapIf(-1, x, y);
            assertThat(limbs(x)).isEqualTo(limbs(b));
            assertThat(limbs(y)).isEqualTo(limbs(a));
        });
    }

    @Test
    void wipes() {
        var a = randomLimbs(LOOSE);
        a.wipe();
        assertThat(limbs(a)).isEqualTo(limbs(new Field25519()));
    }

    /** Extremes with extremes, then random numbers, up to {@code limit} in every limb. */
    private void forPairs(long limit, Pair pair) {
        var extremes = extremes(limit);
        for (var a : extremes) {
            for (var b : extremes) {
                pair.check(a, b);
            }
        }
        for (int i = 0; i < RANDOM_CASES; i++) {
            pair.check(randomLimbs(limit), randomLimbs(limit));
        }
    }

    /** Every combination of limbs that are 0 or one of ±1, 2^51 - 1 and ± the limit; p and its neighbours. */
    private static List<Field25519> extremes(long limit) {
        var extremes = new ArrayList<Field25519>();
        for (int bits = 0; bits < 1 << Field25519.LIMBS; bits++) {
            for (long top : new long[] {1, -1, MASK, limit, -limit}) {
                var a = new long[Field25519.LIMBS];
                for (int i = 0; i < a.length; i++) {
                    a[i] = (bits >> i & 1) * top;
                }
                extremes.add(new Field25519().set(a[0], a[1], a[2], a[3], a[4]));
            }
        }
        for (int i = -19; i < 19; i++) {
            extremes.add(field(P.add(BigInteger.valueOf(i))));
        }
        return extremes;
    }

    private Field25519 randomLimbs(long limit) {
        return new Field25519()
                .set(
                        random.nextLong(-limit, limit + 1),
                        random.nextLong(-limit, limit + 1),
                        random.nextLong(-limit, limit + 1),
                        random.nextLong(-limit, limit + 1),
                        random.nextLong(-limit, limit + 1));
    }

    private static void assertLimbsWithin(Field25519 a, long limit) {
        for (long limb : limbs(a)) {
            assertThat(limb).isBetween(-limit, limit);
        }
    }
}
