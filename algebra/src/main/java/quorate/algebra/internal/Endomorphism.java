package quorate.algebra.internal;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * The endomorphism φ(x, y) = (β·x, y) = λ·(x, y) of secp256k1, and the split k = k1 + k2·λ mod q into numbers of half
 * the length.
 *
 * <p>Source: Gallant, Lambert and Vanstone, "Faster point multiplication on elliptic curves with efficient
 * endomorphisms", CRYPTO 2001; the basis (A1, B1), (A2, B2) of the lattice of all (x, y) with x + y·λ = 0 mod q is what
 * the extended Euclidean algorithm gives for q and λ. Its determinant is q.
 *
 * <p><b>Bound.</b> c1 = round(k·B2/q) and c2 = round(-k·B1/q), computed as round(k·g/2^384) with g = round(2^384·B/q),
 * are off by less than 1/2 + 2^-128 from the exact quotients, so (k1, k2) = (k, 0) - c1·(A1, B1) - c2·(A2, B2) has
 * |k1| < (1/2 + 2^-128)·(|A1| + |A2|) < 2^128 and |k2| < (1/2 + 2^-128)·(|B1| + |B2|) < 2^128.
 */
@ConstantTime
final class Endomorphism {
    /** 130 bits. */
    static final int WINDOWS = 26;

    static final BigInteger LAMBDA =
            new BigInteger("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72", 16);
    static final BigInteger A1 = new BigInteger("3086d221a7d46bcde86c90e49284eb15", 16);
    static final BigInteger B1 = new BigInteger("-e4437ed6010e88286f547fa90abfe4c3", 16);
    static final BigInteger A2 = new BigInteger("114ca50f7a8e2f3f657c1108d9d44cfd8", 16);
    static final BigInteger B2 = A1;

    static final long[] BETA = Secp256k1Field.INSTANCE.element(
            new BigInteger("7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501ee", 16));

    private static final ScalarField SCALARS = ScalarField.SECP256K1;
    private static final int SHIFT = 384;
    private static final long[] G1 = scaledQuotient(B2);
    private static final long[] G2 = scaledQuotient(B1.negate());

    private static final long[] MINUS_B1 = SCALARS.element(B1.negate());
    private static final long[] MINUS_B2 = SCALARS.element(B2.negate());
    private static final long[] MINUS_LAMBDA = SCALARS.element(LAMBDA.negate());
    private static final long[] OFFSET = SCALARS.element(BigInteger.TWO.pow(128));

    private static final BigInteger INVERSE_OF_2 = BigInteger.TWO.modInverse(SCALARS.order());
    private static final long[] HALF = SCALARS.element(INVERSE_OF_2);
    private static final long[] RECODING = SCALARS.element(SignedWindows.allOnes(WINDOWS)
            .multiply(INVERSE_OF_2)
            .subtract(BigInteger.TWO.pow(128))
            .multiply(LAMBDA.add(BigInteger.ONE)));

    private Endomorphism() {}

    private static long[] scaledQuotient(BigInteger b) {
        var q = SCALARS.order();
        return Limbs.of(b.shiftLeft(SHIFT + 1).add(q).divide(q.shiftLeft(1)));
    }

    /**
     * The two strings of {@link SignedWindows} whose digits d, e give k = sum (d_i + e_i·λ)·32^i mod q.
     *
     * <p>With n = 130 bits such a pair (s1, s2) of numbers below 2^n stands for 2·(s1 + s2·λ) - (2^n - 1)·(1 + λ). So
     * the number to split is h = (k + (2^n - 1)·(1 + λ))/2, less 2^128·(1 + λ) before the split and 2^128 more in each
     * half after it, which makes both halves positive and below 2^129.
     */
    static final class Halves implements AutoCloseable {
        private final byte[] first;
        private final byte[] second;

        Halves(long[] k) {
            var h = new long[ScalarField.LIMBS];
            SCALARS.multiply(h, k, HALF);
            SCALARS.add(h, h, RECODING);
            var k2 = new long[ScalarField.LIMBS];
            secondPart(k2, h);
            var k1 = new long[ScalarField.LIMBS];
            SCALARS.multiply(k1, k2, MINUS_LAMBDA);
            SCALARS.add(k1, k1, h);
            SCALARS.add(k1, k1, OFFSET);
            SCALARS.add(k2, k2, OFFSET);
            first = SCALARS.littleEndian(k1);
            second = SCALARS.littleEndian(k2);
            Arrays.fill(h, 0);
            Arrays.fill(k1, 0);
            Arrays.fill(k2, 0);
        }

        byte[] first() {
            return first;
        }

        byte[] second() {
            return second;
        }

        @Override
        public void close() {
            Arrays.fill(first, (byte) 0);
            Arrays.fill(second, (byte) 0);
        }
    }

    /** k2 = -c1·B1 - c2·B2; then k1 = k - k2·λ. */
    static void secondPart(long[] k2, long[] k) {
        var plain = new long[ScalarField.LIMBS];
        SCALARS.toPlain(plain, k);
        var c1 = roundedProduct(plain, G1);
        var c2 = roundedProduct(plain, G2);
        SCALARS.multiply(c1, c1, MINUS_B1);
        SCALARS.multiply(c2, c2, MINUS_B2);
        SCALARS.add(k2, c1, c2);
        Arrays.fill(plain, 0);
        Arrays.fill(c1, 0);
        Arrays.fill(c2, 0);
    }

    /** round(k·g / 2^384) as a scalar, of plain numbers. */
    private static long[] roundedProduct(long[] k, long[] g) {
        var columns = new long[2 * Limbs.COUNT];
        for (int i = 0; i < Limbs.COUNT; i++) {
            for (int j = 0; j < Limbs.COUNT; j++) {
                columns[i + j] += k[i] * g[j] & Limbs.MASK;
                columns[i + j + 1] += Math.multiplyHigh(k[i] << 6, g[j] << 6);
            }
        }
        // 384 = 7·52 + 20. Half of 2^384 rounds.
        columns[7] += 1L << 19;
        for (int i = 0; i < columns.length - 1; i++) {
            columns[i + 1] += columns[i] >>> Limbs.BITS;
            columns[i] &= Limbs.MASK;
        }
        var rounded = new long[] {
            (columns[7] >>> 20 | columns[8] << 32) & Limbs.MASK,
            (columns[8] >>> 20 | columns[9] << 32) & Limbs.MASK,
            columns[9] >>> 20,
            0,
            0
        };
        SCALARS.fromPlain(rounded, rounded);
        Arrays.fill(columns, 0);
        return rounded;
    }
}
