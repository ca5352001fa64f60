package quorate.rsa;

import java.math.BigInteger;
import java.util.BitSet;

/** Two tests of an RSA modulus that cost nothing and find keys that anybody can break. */
final class WeakModulus {
    private static final int SMALL = 1 << 16;

    /** The primes of the published test for ROCA (Nemec et al., CCS 2017). */
    private static final int[] ROCA_PRIMES = {
        11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157
    };

    private static final int ROCA_GENERATOR = 65537;
    private static final BigInteger SMALL_PRIMES = productOfSmallPrimes();

    private WeakModulus() {}

    static boolean hasSmallFactor(BigInteger modulus) {
        return !modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE);
    }

    /** Whether the modulus is a power of 65537 modulo every one of the primes: by chance one in 2^27 is. */
    static boolean hasRocaFingerprint(BigInteger modulus) {
        for (int prime : ROCA_PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(int residue, int prime) {
        int power = 1;
        do {
            if (power == residue) {
                return true;
            }
            power = power * (ROCA_GENERATOR % prime) % prime;
        } while (power != 1);
        return false;
    }

    private static BigInteger productOfSmallPrimes() {
        var composite = new BitSet(SMALL);
        var product = BigInteger.ONE;
        for (int n = 2; n < SMALL; n++) {
            if (!composite.get(n)) {
                product = product.multiply(BigInteger.valueOf(n));
                for (long multiple = (long) n * n; multiple < SMALL; multiple += n) {
                    composite.set((int) multiple);
                }
            }
        }
        return product;
    }
}
