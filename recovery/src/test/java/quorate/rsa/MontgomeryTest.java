package quorate.rsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against BigInteger. */
class MontgomeryTest {
    private static final long SEED = 20261122;

    @Test
    void raisesLikeBigInteger() {
        var random = new Random(SEED);
        for (int bits : new int[] {2048, 3072, 4096}) {
            for (long exponent : new long[] {65537, 65539, 0xffff_ffffL, 0x8000_0001L}) {
                var modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
                var ours = new Montgomery(modulus, BigInteger.valueOf(exponent));
                for (var base : new BigInteger[] {
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    modulus.subtract(BigInteger.ONE),
                    new BigInteger(bits, random).mod(modulus),
                    new BigInteger(bits - 8, random)
                }) {
                    var expected = base.modPow(BigInteger.valueOf(exponent), modulus);
                    assertThat(new BigInteger(1, ours.raise(bytes(base, bits / 8))))
                            .as("%s bits, exponent %s", bits, exponent)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void holdsTheLargestSumsOfTheLargestModulus() {
        var modulus = BigInteger.ONE.shiftLeft(4096).subtract(BigInteger.ONE);
        var base = modulus.subtract(BigInteger.TWO);

        var power = new Montgomery(modulus, BigInteger.valueOf(65537)).raise(bytes(base, 512));

        assertThat(new BigInteger(1, power)).isEqualTo(base.modPow(BigInteger.valueOf(65537), modulus));
    }

    private static byte[] bytes(BigInteger number, int length) {
        var raw = number.toByteArray();
        var bytes = new byte[length];
        int count = Math.min(raw.length, length);
        System.arraycopy(raw, raw.length - count, bytes, length - count, count);
        return bytes;
    }
}
