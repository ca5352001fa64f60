package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.internal.AffineEdwards.P;
import static quorate.algebra.internal.AffineEdwards.field;
import static quorate.algebra.internal.AffineEdwards.squareRoot;
import static quorate.algebra.internal.AffineEdwards.value;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Roots25519Test {
    private static final long SEED = 25520;
    private static final int RANDOM_CASES = 10_000;

    private final Random random = new Random(SEED);

    @Test
    void inverts() {
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = i < 20 ? P.subtract(BigInteger.valueOf(i + 1)) : randomNumber();
            var r = field(a);
            Roots25519.invert(r, r);
            assertThat(value(r)).isEqualTo(a.modInverse(P));
        }
    }

    @Test
    void invertsZeroToZero() {
        var r = Field25519.of(1);
        Roots25519.invert(r, field(P));
        assertThat(r.isZero()).isTrue();
    }

    @Test
    void findsTheSquareRootOfARatioExactlyIfThereIsOne() {
        int squares = 0;
        for (int i = 0; i < RANDOM_CASES; i++) {
            var u = randomNumber();
            var v = randomNumber();
            var root = squareRoot(u.multiply(v.modInverse(P)).mod(P));
            var r = new Field25519();
            assertThat(Roots25519.squareRootOfRatio(r, field(u), field(v))).isEqualTo(root.signum() >= 0);
            if (root.signum() >= 0) {
                squares++;
                assertThat(value(r)).isIn(root, P.subtract(root));
            }
        }
        assertThat(squares).isBetween(RANDOM_CASES * 45 / 100, RANDOM_CASES * 55 / 100);
    }

    @Test
    void findsTheRootOfZero() {
        var r = Field25519.of(7);
        assertThat(Roots25519.squareRootOfRatio(r, field(P), Field25519.of(5))).isTrue();
        assertThat(r.isZero()).isTrue();
    }

    @Test
    void knowsTheRootOfMinusOne() {
        var i = value(Roots25519.ROOT_OF_MINUS_ONE);
        assertThat(i.pow(2).add(BigInteger.ONE).mod(P)).isZero();
    }

    private BigInteger randomNumber() {
        return new BigInteger(255, random).mod(P.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }
}
