package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedWindowsTest {
    private static final long SEED = 531;
    private static final int RANDOM_CASES = 10_000;

    static Stream<ScalarField> fields() {
        return Stream.of(ScalarField.SECP256K1, ScalarField.P256);
    }

    /** The digit of a window, from the two halves that the tables use. */
    static BigInteger digit(int window) {
        int absolute = 2 * SignedWindows.index(window) + 1;
        return BigInteger.valueOf(SignedWindows.isNegative(window) == 0 ? absolute : -absolute);
    }

    /** sum d_i·32^i of a string of windows. */
    static BigInteger value(byte[] s, int windows) {
        var value = BigInteger.ZERO;
        for (int i = windows - 1; i >= 0; i--) {
            value = value.shiftLeft(SignedWindows.BITS).add(digit(SignedWindows.window(s, i)));
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("fields")
    void writesEveryScalarInOddDigits(ScalarField field) {
        var q = field.order();
        var recoding = new SignedWindows.Recoding(field);
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var k = switch (i % 3) {
                case 0 -> BigInteger.valueOf(i);
                case 1 -> q.subtract(BigInteger.valueOf(i));
                default -> new BigInteger(256, random).mod(q);
            };
            var s = recoding.of(field.element(k));
            assertThat(value(s, SignedWindows.Recoding.WINDOWS).mod(q)).isEqualTo(k);
        }
    }

    @Test
    void makesADigitOfEveryWindow() {
        for (int window = 0; window < 32; window++) {
            assertThat(digit(window)).isEqualTo(BigInteger.valueOf(2 * window - 31));
            assertThat(SignedWindows.index(window)).isBetween(0, SignedWindows.ENTRIES - 1);
            assertThat(SignedWindows.isNegative(window)).isEqualTo(window < 16 ? -1 : 0);
        }
    }

    @Test
    void selectsEveryPoint() {
        int stride = SignedWindows.POINT_WORDS;
        var table = new Random(SEED).longs(3 + SignedWindows.ENTRIES * stride).toArray();
        for (int index = 0; index < SignedWindows.ENTRIES; index++) {
            var x = new long[5];
            var y = new long[5];
            SignedWindows.selectPoint(x, y, table, 3, index, new long[Choice.WORDS]);
            assertThat(x).isEqualTo(entry(table, 3 + index * stride));
            assertThat(y).isEqualTo(entry(table, 3 + index * stride + 5));
        }
    }

    private static long[] entry(long[] table, int at) {
        return Arrays.copyOfRange(table, at, at + 5);
    }
}
