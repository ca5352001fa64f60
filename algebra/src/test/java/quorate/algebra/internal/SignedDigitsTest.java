package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedDigitsTest {
    private static final long SEED = 25522;
    private static final int RANDOM_CASES = 10_000;

    @Test
    void addUpToTheNumber() {
        var random = new Random(SEED);
        var numbers = new ArrayList<BigInteger>();
        for (int i = 0; i < 254; i++) {
            numbers.add(BigInteger.ONE.shiftLeft(i));
            numbers.add(BigInteger.ONE.shiftLeft(i).subtract(BigInteger.ONE));
        }
        for (var repeated : new String[] {"7", "8", "f", "78", "87", "0f", "f0"}) {
            numbers.add(new BigInteger(repeated.repeat(64 / repeated.length()), 16).mod(BigInteger.TWO.pow(254)));
        }
        numbers.add(BigInteger.TWO.pow(254).subtract(BigInteger.ONE));
        for (int i = 0; i < RANDOM_CASES; i++) {
            numbers.add(new BigInteger(254, random));
        }
        for (var number : numbers) {
            var sum = BigInteger.ZERO;
            try (var digits = new SignedDigits(AffineEdwards.littleEndian(number))) {
                for (int i = SignedDigits.COUNT - 1; i >= 0; i--) {
                    assertThat(digits.digit(i)).isBetween(-8, 7);
                    sum = sum.shiftLeft(SignedDigits.BITS).add(BigInteger.valueOf(digits.digit(i)));
                }
            }
            assertThat(sum).isEqualTo(number);
        }
    }

    @Test
    void areGoneAfterClose() {
        var digits = new SignedDigits(AffineEdwards.littleEndian(AffineEdwards.L));
        digits.close();
        for (int i = 0; i < SignedDigits.COUNT; i++) {
            assertThat(digits.digit(i)).isEqualTo(-8);
        }
    }
}
