package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What decodePoint accepts and refuses (protocols.md 0.3), each refusal for its own reason. */
class WeierstrassDecodingTest {
    private static final long SEED = 20_33;
    private static final int RANDOM_CASES = 10_000;

    private static final String PREFIX = "the prefix of a compressed point is 02 or 03";
    private static final String NOT_BELOW_P = "the coordinate is not below p";
    private static final String NOT_ON_CURVE = "no point of the curve has this coordinate";

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void acceptsACoordinateExactlyWhenBouncyCastleDoes(WeierstrassOracle oracle) throws DecodingException {
        int accepted = 0;
        for (int i = 0; i < RANDOM_CASES; i++) {
            // Small ones, large ones, random ones.
            var x = switch (i % 4) {
                case 0 -> BigInteger.valueOf(i);
                case 1 -> oracle.prime().subtract(BigInteger.valueOf(i));
                default -> new BigInteger(256, random).mod(oracle.prime());
            };
            var encoded = encoded(2 + random.nextInt(2), x);
            if (isPoint(oracle, encoded)) {
                var point = oracle.group().decodePoint(encoded);
                assertThat(point.encode()).isEqualTo(encoded);
                assertThat(point.hasEvenY()).isEqualTo(encoded[0] == 2);
                // The parity is y's own, not a copy of the prefix.
                assertThat(point.plus(point).minus(point).encode()).isEqualTo(encoded);
                accepted++;
            } else {
                assertRefused(oracle, encoded, NOT_ON_CURVE);
            }
        }
        assertThat(accepted).isBetween(2 * RANDOM_CASES / 5, 3 * RANDOM_CASES / 5);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void encodesAndDecodesMultiplesOfTheGenerator(WeierstrassOracle oracle) throws DecodingException {
        var theirs = oracle.generator();
        for (int i = 0; i < RANDOM_CASES; i++) {
            var encoded = theirs.getEncoded(true);
            var point = oracle.group().decodePoint(encoded);
            assertThat(point.encode()).isEqualTo(encoded);
            theirs = theirs.twicePlus(oracle.generator()).normalize();
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesEveryOtherLength(WeierstrassOracle oracle) {
        var generator = oracle.group().generator().encode();
        for (int length = 0; length <= 66; length++) {
            if (length != 33) {
                var reason = length + " bytes, a point has 33";
                assertRefused(oracle, Arrays.copyOf(generator, length), reason);
            }
        }
        assertRefused(oracle, oracle.generator().getEncoded(false), "65 bytes, a point has 33");
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesEveryOtherPrefix(WeierstrassOracle oracle) {
        var encoded = oracle.group().generator().encode();
        for (int prefix = 0; prefix < 256; prefix++) {
            if (prefix != 2 && prefix != 3) {
                encoded[0] = (byte) prefix;
                assertRefused(oracle, encoded, PREFIX);
            }
        }
    }

    /** Among them coordinates that would be on the curve if they were reduced. */
    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesACoordinateNotBelowP(WeierstrassOracle oracle) {
        int reducible = 0;
        for (int i = 0; i < 200; i++) {
            var x = oracle.prime().add(BigInteger.valueOf(i));
            assertRefused(oracle, encoded(2, x), NOT_BELOW_P);
            assertRefused(oracle, encoded(3, x), NOT_BELOW_P);
            reducible += isPoint(oracle, encoded(2, BigInteger.valueOf(i))) ? 1 : 0;
        }
        assertThat(reducible).isPositive();
        assertRefused(oracle, encoded(2, BigInteger.TWO.pow(256).subtract(BigInteger.ONE)), NOT_BELOW_P);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesWhatOthersUseForO(WeierstrassOracle oracle) {
        assertRefused(oracle, new byte[1], "1 bytes, a point has 33");
        assertRefused(oracle, new byte[33], PREFIX);
    }

    /** x = 0 is on P-256 only, x = 0 with y = 0 on neither. */
    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void treatsZeroLikeAnyOtherCoordinate(WeierstrassOracle oracle) throws DecodingException {
        var encoded = encoded(3, BigInteger.ZERO);
        if (oracle.equals(WeierstrassOracle.P256)) {
            assertThat(oracle.group().decodePoint(encoded).encode()).isEqualTo(encoded);
        } else {
            assertRefused(oracle, encoded, NOT_ON_CURVE);
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void refusesAPointOfTheTwist(WeierstrassOracle oracle) {
        // Of every x that is not on the curve, a point is on its twist.
        int refused = 0;
        for (int i = 1; refused < 100; i++) {
            var encoded = encoded(2, BigInteger.valueOf(i));
            if (!isPoint(oracle, encoded)) {
                assertRefused(oracle, encoded, NOT_ON_CURVE);
                refused++;
            }
        }
    }

    private static byte[] encoded(int prefix, BigInteger x) {
        var encoded = new byte[33];
        encoded[0] = (byte) prefix;
        System.arraycopy(WeierstrassOracle.unsigned(x), 0, encoded, 1, 32);
        return encoded;
    }

    private static boolean isPoint(WeierstrassOracle oracle, byte[] encoded) {
        try {
            ECPoint point = oracle.generator().getCurve().decodePoint(encoded);
            return point.isValid();
        } catch (IllegalArgumentException notOnCurve) {
            return false;
        }
    }

    private static void assertRefused(WeierstrassOracle oracle, byte[] encoded, String reason) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> oracle.group().decodePoint(encoded))
                .withMessage(reason);
    }
}
