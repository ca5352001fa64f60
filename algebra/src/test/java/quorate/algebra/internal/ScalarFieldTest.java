package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against BigInteger: edge values with each other, then random ones. */
class ScalarFieldTest {
    private static final long SEED = 20261122;
    private static final int RANDOM_CASES = 10_000;
    private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);

    static Stream<ScalarField> fields() {
        return Stream.of(ScalarField.SECP256K1, ScalarField.P256, ScalarField.ED25519);
    }

    private interface Pair {
        void check(BigInteger a, BigInteger b);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void addsSubtractsAndMultiplies(ScalarField field) {
        var q = field.order();
        forPairs(field, (a, b) -> {
            var r = new long[ScalarField.LIMBS];
            field.add(r, limbs(field, a), limbs(field, b));
            assertThat(value(field, r)).isEqualTo(a.add(b).mod(q));
            field.subtract(r, limbs(field, a), limbs(field, b));
            assertThat(value(field, r)).isEqualTo(a.subtract(b).mod(q));
            field.multiply(r, limbs(field, a), limbs(field, b));
            assertThat(value(field, r)).isEqualTo(a.multiply(b).mod(q));
            field.negate(r, limbs(field, a));
            assertThat(value(field, r)).isEqualTo(a.negate().mod(q));
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void keepsEqualNumbersInEqualLimbs(ScalarField field) {
        forPairs(field, (a, b) -> {
            var sum = new long[ScalarField.LIMBS];
            field.add(sum, limbs(field, a), limbs(field, b));
            field.subtract(sum, sum, limbs(field, b));
            assertThat(sum).isEqualTo(limbs(field, a));
            assertThat(ScalarField.areEqual(sum, limbs(field, a))).isEqualTo(-1);
            assertThat(ScalarField.areEqual(limbs(field, a), limbs(field, b))).isEqualTo(a.equals(b) ? -1 : 0);
            assertThat(ScalarField.isZero(sum)).isEqualTo(a.signum() == 0 ? -1 : 0);
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void inverts(ScalarField field) {
        for (var a : values(field, RANDOM_CASES)) {
            var r = new long[ScalarField.LIMBS];
            field.invert(r, limbs(field, a));
            var expected = a.signum() == 0 ? BigInteger.ZERO : a.modInverse(field.order());
            assertThat(value(field, r)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void writesItsOperandsInPlaceAndAtPositions(ScalarField field) {
        var q = field.order();
        forPairs(field, (a, b) -> {
            var flat = new long[4 * ScalarField.LIMBS];
            System.arraycopy(limbs(field, a), 0, flat, 5, ScalarField.LIMBS);
            System.arraycopy(limbs(field, b), 0, flat, 10, ScalarField.LIMBS);
            field.multiply(flat, 15, flat, 5, flat, 10);
            assertThat(valueAt(field, flat, 15)).isEqualTo(a.multiply(b).mod(q));
            field.multiply(flat, 5, flat, 5, flat, 5);
            assertThat(valueAt(field, flat, 5)).isEqualTo(a.multiply(a).mod(q));
            field.add(flat, 10, flat, 10, flat, 15);
            assertThat(valueAt(field, flat, 10)).isEqualTo(a.add(BigInteger.ONE).multiply(b).mod(q));
            field.subtract(flat, 5, flat, 5, flat, 15);
            assertThat(valueAt(field, flat, 5)).isEqualTo(a.subtract(b).multiply(a).mod(q));
            assertThat(flat).startsWith(0, 0, 0, 0, 0);
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void decodesExactlyWhatIsBelowTheOrder(ScalarField field) {
        var q = field.order();
        var numbers = new ArrayList<>(values(field, RANDOM_CASES));
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            numbers.add(new BigInteger(256, random));
        }
        numbers.addAll(List.of(q, q.add(BigInteger.ONE), q.add(BigInteger.TWO.pow(52)), q.shiftLeft(1).mod(TWO_256)));
        numbers.add(TWO_256.subtract(BigInteger.ONE));
        for (int limb = 0; limb < 5; limb++) {
            numbers.add(q.xor(BigInteger.ONE.shiftLeft(52 * limb)));
        }
        for (var number : numbers) {
            long expected = number.compareTo(q) < 0 ? -1 : 0;
            var r = new long[ScalarField.LIMBS];
            assertThat(field.decodeBigEndian(r, bigEndian(number, 32))).isEqualTo(expected);
            assertThat(value(field, r)).isEqualTo(number.mod(q));
            assertThat(field.decodeLittleEndian(r, reversed(bigEndian(number, 32)))).isEqualTo(expected);
            assertThat(value(field, r)).isEqualTo(number.mod(q));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void encodesWhatItDecoded(ScalarField field) {
        for (var a : values(field, RANDOM_CASES)) {
            var limbs = limbs(field, a);
            var encoded = new byte[32];
            field.encodeBigEndian(encoded, limbs);
            assertThat(encoded).isEqualTo(bigEndian(a, 32));
            assertThat(field.littleEndian(limbs)).isEqualTo(reversed(encoded));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void reducesUpTo64Bytes(ScalarField field) {
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var in = new byte[i % 65];
            random.nextBytes(in);
            checkReduction(field, in);
        }
        for (int length = 0; length <= 64; length++) {
            var ones = new byte[length];
            Arrays.fill(ones, (byte) 0xff);
            checkReduction(field, ones);
            for (int bit = 0; bit < 8 * length; bit += 4) {
                checkReduction(field, bigEndian(BigInteger.ONE.shiftLeft(bit), length));
            }
        }
        var multiples = List.of(BigInteger.ONE, BigInteger.TWO, TWO_256.subtract(BigInteger.ONE));
        for (var multiple : multiples) {
            checkReduction(field, bigEndian(field.order().multiply(multiple), 64));
            checkReduction(field, bigEndian(field.order().multiply(multiple).subtract(BigInteger.ONE), 64));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> field.reduce(new long[ScalarField.LIMBS], new byte[65]));
    }

    private static void checkReduction(ScalarField field, byte[] in) {
        var r = new long[ScalarField.LIMBS];
        field.reduce(r, in);
        assertThat(value(field, r)).isEqualTo(new BigInteger(1, in).mod(field.order()));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void takesSmallNumbers(ScalarField field) {
        for (long small : new long[] {0, 1, 2, 32, (1L << 52) - 1, 1L << 52, Long.MAX_VALUE}) {
            var r = new long[ScalarField.LIMBS];
            field.set(r, small);
            assertThat(value(field, r)).isEqualTo(BigInteger.valueOf(small));
        }
        var one = new long[ScalarField.LIMBS];
        field.setOne(one);
        assertThat(value(field, one)).isEqualTo(BigInteger.ONE);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void refusesToDecodeAnotherLength(ScalarField field) {
        var r = new long[ScalarField.LIMBS];
        for (int length : new int[] {0, 31, 33}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> field.decodeBigEndian(r, new byte[length]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> field.decodeLittleEndian(r, new byte[length]));
        }
    }

    private static void forPairs(ScalarField field, Pair pair) {
        var edges = values(field, 0);
        for (var a : edges) {
            for (var b : edges) {
                pair.check(a, b);
            }
        }
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            pair.check(
                    new BigInteger(256, random).mod(field.order()), new BigInteger(256, random).mod(field.order()));
        }
    }

    /** Numbers whose plain or Montgomery limbs are extreme, then random ones. */
    private static List<BigInteger> values(ScalarField field, int randomCount) {
        var q = field.order();
        var rInverse = BigInteger.ONE.shiftLeft(260).modInverse(q);
        var all = BigInteger.ONE.shiftLeft(52).subtract(BigInteger.ONE);
        var edges = new ArrayList<BigInteger>();
        for (int small = 0; small < 4; small++) {
            edges.add(BigInteger.valueOf(small));
            edges.add(q.subtract(BigInteger.valueOf(small + 1)));
        }
        for (int limb = 0; limb < 5; limb++) {
            edges.add(all.shiftLeft(52 * limb));
            edges.add(BigInteger.ONE.shiftLeft(52 * limb));
        }
        edges.add(BigInteger.ONE.shiftLeft(252).subtract(BigInteger.ONE));
        edges.add(TWO_256.subtract(BigInteger.ONE));
        edges.add(q.shiftRight(1));
        var values = new ArrayList<BigInteger>();
        for (var edge : edges) {
            values.add(edge.mod(q));
            values.add(edge.multiply(rInverse).mod(q));
        }
        var random = new Random(SEED);
        for (int i = 0; i < randomCount; i++) {
            values.add(new BigInteger(256, random).mod(q));
        }
        return values;
    }

    /** x·R mod q, without the code under test. */
    private static long[] limbs(ScalarField field, BigInteger x) {
        var form = x.shiftLeft(260).mod(field.order());
        var limbs = new long[ScalarField.LIMBS];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = form.shiftRight(52 * i).longValue() & ((1L << 52) - 1);
        }
        return limbs;
    }

    private static BigInteger value(ScalarField field, long[] limbs) {
        return valueAt(field, limbs, 0);
    }

    private static BigInteger valueAt(ScalarField field, long[] limbs, int at) {
        var form = BigInteger.ZERO;
        for (int i = ScalarField.LIMBS - 1; i >= 0; i--) {
            assertThat(limbs[at + i]).isBetween(0L, (1L << 52) - 1);
            form = form.shiftLeft(52).add(BigInteger.valueOf(limbs[at + i]));
        }
        assertThat(form).isLessThan(field.order());
        return form.multiply(BigInteger.ONE.shiftLeft(260).modInverse(field.order())).mod(field.order());
    }

    private static byte[] bigEndian(BigInteger value, int length) {
        var out = new byte[length];
        var bytes = value.toByteArray();
        int significant = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - significant, out, length - significant, significant);
        return out;
    }

    private static byte[] reversed(byte[] in) {
        var out = new byte[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = in[in.length - 1 - i];
        }
        return out;
    }
}
