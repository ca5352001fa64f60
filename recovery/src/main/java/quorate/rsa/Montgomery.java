package quorate.rsa;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * x^e mod N for a public N and e and an x that may hold a secret: multiplication of Montgomery in limbs of 27 bits,
 * whose
 * products a {@code long} sums up without carries. No operation depends on the value of x. Not thread-safe.
 *
 * <p>R is at least 8N for every N of a multiple of 1024 bits, so that factors below 2N have a product below 2N.
 */
@ConstantTime
final class Montgomery {
    private static final int LIMB_BITS = 27;
    private static final long MASK = (1L << LIMB_BITS) - 1;

    private final int limbs;
    private final int bytes;
    private final int exponentBits;
    private final long exponent;
    private final long[] modulus;
    /** -1/N mod 2^27. */
    private final long negatedInverse;
    /** R^2 mod N. */
    private final long[] square;

    private final long[] sum;
    private final long[] x;
    private final long[] power;

    Montgomery(BigInteger modulus, BigInteger exponent) {
        this.bytes = modulus.bitLength() / Byte.SIZE;
        this.limbs = modulus.bitLength() / LIMB_BITS + 1;
        this.exponent = exponent.longValueExact();
        this.exponentBits = exponent.bitLength();
        this.modulus = limbs(modulus);
        var base = BigInteger.ONE.shiftLeft(LIMB_BITS);
        this.negatedInverse = base.subtract(modulus.modInverse(base)).longValueExact();
        this.square = limbs(BigInteger.ONE.shiftLeft(2 * LIMB_BITS * limbs).mod(modulus));
        this.sum = new long[2 * limbs];
        this.x = new long[limbs];
        this.power = new long[limbs];
    }

    private long[] limbs(BigInteger number) {
        var result = new long[limbs];
        for (int i = 0; i < limbs; i++) {
            result[i] = number.shiftRight(i * LIMB_BITS).longValue() & MASK;
        }
        return result;
    }

    /** base^e mod N, as many bytes as N; {@code base} has as many, and is below N. */
    byte[] raise(byte[] base) {
        decode(base);
        System.arraycopy(x, 0, power, 0, limbs);
        multiply(power, square);
        var montgomery = power.clone();
        for (int bit = exponentBits - 2; bit > 0; bit--) {
            multiply(power, power);
            if ((exponent >>> bit & 1) == 1) {
                multiply(power, montgomery);
            }
        }
        // e is odd: its last multiplication is by x itself, which leaves the representation of Montgomery.
        multiply(power, power);
        multiply(power, x);
        reduce();
        var result = encode();
        Arrays.fill(montgomery, 0);
        Arrays.fill(x, 0);
        Arrays.fill(power, 0);
        Arrays.fill(sum, 0);
        return result;
    }

    /** a = a·b/R mod N, below 2N. */
    private void multiply(long[] a, long[] b) {
        Arrays.fill(sum, 0);
        for (int i = 0; i < limbs; i++) {
            long digit = a[i];
            long quotient = (sum[i] + digit * b[0]) * negatedInverse & MASK;
            addRow(sum, i, digit, b, quotient, modulus, limbs);
            sum[i + 1] += sum[i] >>> LIMB_BITS;
        }
        long carry = 0;
        for (int i = 0; i < limbs; i++) {
            carry += sum[limbs + i];
            a[i] = carry & MASK;
            carry >>>= LIMB_BITS;
        }
    }

    /** The loop that takes the time: the compiler makes vectors of it. Every factor has 27 bits. */
    private static void addRow(long[] sum, int at, long digit, long[] b, long quotient, long[] modulus, int limbs) {
        for (int j = 0; j < limbs; j++) {
            sum[at + j] += digit * b[j] + quotient * modulus[j];
        }
    }

    /** Takes N off once if {@code power} is not below it. */
    private void reduce() {
        long borrow = 0;
        for (int i = 0; i < limbs; i++) {
            long difference = power[i] - modulus[i] + borrow;
            sum[i] = difference & MASK;
            borrow = difference >> LIMB_BITS;
        }
        for (int i = 0; i < limbs; i++) {
            power[i] = (power[i] & borrow) | (sum[i] & ~borrow);
        }
    }

    private void decode(byte[] number) {
        Arrays.fill(x, 0);
        for (int i = 0; i < bytes; i++) {
            int bit = (bytes - 1 - i) * Byte.SIZE;
            long wide = (number[i] & 0xffL) << (bit % LIMB_BITS);
            x[bit / LIMB_BITS] |= wide & MASK;
            if (bit % LIMB_BITS > LIMB_BITS - Byte.SIZE) {
                x[bit / LIMB_BITS + 1] |= wide >>> LIMB_BITS;
            }
        }
    }

    private byte[] encode() {
        var number = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int bit = (bytes - 1 - i) * Byte.SIZE;
            long wide = power[bit / LIMB_BITS] >>> (bit % LIMB_BITS);
            if (bit % LIMB_BITS > LIMB_BITS - Byte.SIZE) {
                wide |= power[bit / LIMB_BITS + 1] << (LIMB_BITS - bit % LIMB_BITS);
            }
            number[i] = (byte) wide;
        }
        return number;
    }
}
