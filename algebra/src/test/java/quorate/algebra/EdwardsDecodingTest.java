package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What decodePoint refuses (protocols.md 0.3), each for its own reason. */
class EdwardsDecodingTest {
    private static final long SEED = 25525;
    private static final int RANDOM_CASES = 10_000;
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int SIGN_BIT = 255;
    /** y-coordinate of the four points of order 8, up to its sign: Chalkias, Garillot and Nikolaenko, ePrint 2020/1244. */
    private static final BigInteger Y_OF_ORDER_8 =
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7", 16);

    private static final String NOT_BELOW_P = "the y-coordinate is not below p";
    private static final String NOT_ON_CURVE = "no point of the curve has this y-coordinate";
    private static final String SIGN_OF_ZERO = "x is 0 with the sign bit set";
    private static final String IDENTITY = "the point is O";
    private static final String OUTSIDE = "the point is outside the subgroup of prime order";

    private final Group group = EdwardsGroup.ed25519();
    private final Random random = new Random(SEED);

    @Test
    void acceptsRandomBytesExactlyWhenBouncyCastleDoes() {
        int accepted = 0;
        for (int i = 0; i < RANDOM_CASES; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            boolean expected = Ed25519.validatePublicKeyFull(bytes, 0);
            assertThat(accepts(bytes)).isEqualTo(expected);
            accepted += expected ? 1 : 0;
        }
        // Half of all y are on the curve, and an eighth of its points are in the subgroup.
        assertThat(accepted).isBetween(RANDOM_CASES / 20, RANDOM_CASES / 12);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void refusesAnotherLength(int length) {
        var bytes = Arrays.copyOf(group.generator().encode(), length);
        assertRefused(bytes, "a point has 32 bytes, not " + length);
    }

    @Test
    void refusesAYNotBelowP() {
        for (int i = 0; i < 19; i++) {
            var y = P.add(BigInteger.valueOf(i));
            assertRefused(y, NOT_BELOW_P);
            assertRefused(y.setBit(SIGN_BIT), NOT_BELOW_P);
        }
    }

    @Test
    void refusesAYThatIsNotOnTheCurve() {
        assertRefused(BigInteger.TWO, NOT_ON_CURVE);
        assertRefused(BigInteger.TWO.setBit(SIGN_BIT), NOT_ON_CURVE);
        assertRefused(P.subtract(BigInteger.TWO), NOT_ON_CURVE);
    }

    @Test
    void refusesTheNeutralElement() {
        assertRefused(BigInteger.ONE, IDENTITY);
    }

    @Test
    void refusesASignOfZero() {
        assertRefused(BigInteger.ONE.setBit(SIGN_BIT), SIGN_OF_ZERO);
        assertRefused(P.subtract(BigInteger.ONE).setBit(SIGN_BIT), SIGN_OF_ZERO);
    }

    @Test
    void refusesEveryOtherPointOfSmallOrder() {
        assertRefused(P.subtract(BigInteger.ONE), OUTSIDE); // order 2
        assertRefused(BigInteger.ZERO, OUTSIDE); // order 4
        assertRefused(BigInteger.ZERO.setBit(SIGN_BIT), OUTSIDE);
        assertRefused(Y_OF_ORDER_8, OUTSIDE);
        assertRefused(Y_OF_ORDER_8.setBit(SIGN_BIT), OUTSIDE);
        assertRefused(P.subtract(Y_OF_ORDER_8), OUTSIDE);
        assertRefused(P.subtract(Y_OF_ORDER_8).setBit(SIGN_BIT), OUTSIDE);
    }

    /** P plus the point (0, -1) of order 2 is (-x, -y). Sums with all 8 torsion points: EdwardsMultiplicationTest. */
    @Test
    void refusesAPointOfTheSubgroupPlusOneOfSmallOrder() {
        for (int i = 0; i < 100; i++) {
            var encoded = number(group.multiplyBase(group.scalar(random.nextLong(1, Long.MAX_VALUE))).encode());
            var shifted = P.subtract(encoded.clearBit(SIGN_BIT));
            assertRefused(encoded.testBit(SIGN_BIT) ? shifted : shifted.setBit(SIGN_BIT), OUTSIDE);
        }
    }

    @Test
    void readsTheSignBitAsTheParityOfX() throws DecodingException {
        for (int i = 0; i < 100; i++) {
            var point = group.multiplyBase(group.scalar(random.nextLong(1, Long.MAX_VALUE)));
            var other = point.encode();
            other[31] ^= (byte) 0x80;
            assertThat(group.decodePoint(other)).isEqualTo(point.negate());
            assertThat(group.decodePoint(other).encode()).isEqualTo(other);
        }
    }

    @Test
    void refusesEveryChangedBitOrReadsAnotherPoint() throws DecodingException {
        var encoded = group.generator().encode();
        var points = new ArrayList<Point>();
        for (int bit = 0; bit < 256; bit++) {
            var changed = encoded.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            if (accepts(changed)) {
                assertThat(group.decodePoint(changed).encode()).isEqualTo(changed);
                points.add(group.decodePoint(changed));
            }
        }
        assertThat(points).doesNotHaveDuplicates().doesNotContain(group.generator()).isNotEmpty();
    }

    private boolean accepts(byte[] bytes) {
        try {
            return group.decodePoint(bytes).encode().length == 32;
        } catch (DecodingException e) {
            return false;
        }
    }

    private void assertRefused(BigInteger encoding, String reason) {
        var bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) encoding.shiftRight(8 * i).intValue();
        }
        assertRefused(bytes, reason);
    }

    private void assertRefused(byte[] bytes, String reason) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> group.decodePoint(bytes))
                .withMessage(reason);
    }

    private static BigInteger number(byte[] littleEndian) {
        return new BigInteger(1, EdwardsGroupTest.reversed(littleEndian));
    }
}
