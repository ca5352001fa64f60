package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarTest {
    private static final long SEED = 20_26;
    private static final int RANDOM_CASES = 1_000;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void calculatesModuloTheOrder(WeierstrassOracle oracle) {
        var q = oracle.order();
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = oracle.random(random);
            var b = oracle.random(random);
            var x = oracle.scalar(a);
            var y = oracle.scalar(b);
            assertIs(x.plus(y), a.add(b).mod(q));
            assertIs(x.minus(y), a.subtract(b).mod(q));
            assertIs(x.times(y), a.multiply(b).mod(q));
            assertIs(x.negate(), a.negate().mod(q));
            assertIs(x.inverse(), a.modInverse(q));
            // Operands are left as they were.
            assertIs(x, a);
            assertIs(y, b);
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void encodesBigEndianAndDecodesOnlyThat(WeierstrassOracle oracle) throws DecodingException {
        var group = oracle.group();
        for (int i = 0; i < RANDOM_CASES; i++) {
            var encoded = WeierstrassOracle.unsigned(oracle.random(random));
            var scalar = group.decodeScalar(encoded);
            assertThat(scalar.encode()).isEqualTo(encoded);
            assertThat(scalar).hasToString(HexFormat.of().formatHex(encoded));
        }
        assertIs(group.decodeScalar(new byte[32]), BigInteger.ZERO);
        var last = oracle.order().subtract(BigInteger.ONE);
        assertIs(group.decodeScalar(WeierstrassOracle.unsigned(last)), last);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesAScalarNotBelowTheOrder(WeierstrassOracle oracle) {
        var reason = "the scalar is not below the group order";
        for (int i = 0; i < 100; i++) {
            var tooLarge = oracle.order().add(BigInteger.valueOf(i));
            assertRefused(oracle.group(), WeierstrassOracle.unsigned(tooLarge), reason);
        }
        var ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertRefused(oracle.group(), ones, reason);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesAScalarOfAnotherLength(WeierstrassOracle oracle) {
        for (int length : new int[] {0, 1, 31, 33, 64}) {
            assertRefused(oracle.group(), new byte[length], length + " bytes, a scalar has 32");
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void reducesWideStrings(WeierstrassOracle oracle) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            var wide = new byte[i % 65];
            random.nextBytes(wide);
            assertIs(oracle.group().reduce(wide), new BigInteger(1, wide).mod(oracle.order()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> oracle.group().reduce(new byte[65]));
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void takesSmallNumbers(WeierstrassOracle oracle) {
        for (long small : new long[] {0, 1, 2, 32, 1L << 52, Long.MAX_VALUE}) {
            assertIs(oracle.group().scalar(small), BigInteger.valueOf(small));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> oracle.group().scalar(-1));
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void hasNoInverseOfZero(WeierstrassOracle oracle) {
        var zero = oracle.scalar(oracle.order());
        assertThat(zero.isZero()).isTrue();
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(zero::inverse);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void equalsTheSameNumberOfTheSameGroup(WeierstrassOracle oracle) {
        var a = oracle.scalar(oracle.random(random));
        var one = oracle.group().scalar(1);
        assertThat(a.plus(one).minus(one)).isEqualTo(a).hasSameHashCodeAs(a);
        assertThat(a).isNotEqualTo(a.plus(one)).isNotEqualTo(null).isNotEqualTo("a scalar");
    }

    @Test
    void refusesOperandsOfAnotherGroup() {
        var here = WeierstrassGroup.secp256k1().scalar(7);
        var there = WeierstrassGroup.p256().scalar(7);
        assertThat(here).isNotEqualTo(there);
        assertThatIllegalArgumentException().isThrownBy(() -> here.plus(there));
        assertThatIllegalArgumentException().isThrownBy(() -> here.minus(there));
        assertThatIllegalArgumentException().isThrownBy(() -> here.times(there));
    }

    private static void assertIs(Scalar scalar, BigInteger expected) {
        assertThat(scalar.encode()).isEqualTo(WeierstrassOracle.unsigned(expected));
        assertThat(scalar.isZero()).isEqualTo(expected.signum() == 0);
    }

    private static void assertRefused(Group group, byte[] encoded, String reason) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> group.decodeScalar(encoded))
                .withMessage(reason);
        try (var scope = new Secrets()) {
            assertThatExceptionOfType(DecodingException.class)
                    .isThrownBy(() -> group.decodeSecret(scope, encoded))
                    .withMessage(reason);
        }
    }
}
