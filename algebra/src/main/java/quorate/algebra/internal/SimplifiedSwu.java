package quorate.algebra.internal;

import static quorate.algebra.internal.PrimeField.difference;
import static quorate.algebra.internal.PrimeField.scale;
import static quorate.algebra.internal.PrimeField.sum;

import java.math.BigInteger;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * The simplified Shallue-van de Woestijne-Ulas map to P-256, of uniform bytes that may be secret.
 *
 * <p>Source: RFC 9380, sections 5.2 (hash_to_field), 8.2 (Z = -10) and F.2 (the straight line), whose steps stand behind
 * the lines together with the magnitude of the result. The result is left projective, so step 25 is no inversion.
 */
@ConstantTime
public final class SimplifiedSwu {
    /** L of the suite: ceil((256 + 128) / 8). */
    public static final int UNIFORM_BYTES = 48;

    private static final int LOW_BYTES = 32;
    private static final int HIGH_BYTES = UNIFORM_BYTES - LOW_BYTES;
    private static final int Z = -10;
    private static final int A = -3;

    private static final P256Field F = P256Field.INSTANCE;
    private static final long[] ONE = F.element(BigInteger.ONE);
    private static final long[] Z_ELEMENT = F.element(BigInteger.valueOf(Z));
    private static final long[] TWO_256 = F.element(BigInteger.TWO.pow(256));
    /** c2 of F.2.1.2: sqrt(-Z), the even one of the two; which of them does not matter. */
    private static final long[] ROOT_OF_MINUS_Z = rootOfMinusZ();

    private SimplifiedSwu() {}

    private static long[] rootOfMinusZ() {
        var root = new long[Limbs.COUNT];
        F.squareRootCandidate(root, F.element(BigInteger.valueOf(-Z)));
        return root;
    }

    /** r = map_to_curve(OS2IP of 48 bytes from {@code at} mod p), never O. */
    public static void map(Projective r, byte[] uniform, int at) {
        var u = new long[Limbs.COUNT];
        try (var scratch = new Scratch()) {
            reduce(u, uniform, at, scratch);
            map(r, u, scratch);
        } finally {
            Arrays.fill(u, 0);
        }
    }

    /** u = OS2IP of 48 bytes mod p, of magnitude 1: high·2^256 + low. */
    static void reduce(long[] u, byte[] uniform, int at, Scratch s) {
        var high = Words.bigEndian(uniform, at, HIGH_BYTES, LOW_BYTES / Long.BYTES);
        var low = Words.bigEndian(uniform, at + HIGH_BYTES, LOW_BYTES, LOW_BYTES / Long.BYTES);
        Limbs.unpack(s.u, high);
        F.fromPlain(s.u, s.u); // 1.1
        F.multiply(s.u, s.u, TWO_256); // 1.1
        Limbs.unpack(s.v, low);
        F.fromPlain(s.v, s.v); // 1.1
        sum(u, s.u, s.v); // 2.2
        F.carry(u);
        Arrays.fill(high, 0);
        Arrays.fill(low, 0);
    }

    /** map_to_curve_simple_swu(u), for u of magnitude 1. */
    static void map(Projective r, long[] u, Scratch s) {
        F.square(s.t1, u); // 1: 1.1
        scale(s.t1, s.t1, Z);
        F.carry(s.t1); // 2: 1
        F.square(s.t2, s.t1); // 3: 1.1
        sum(s.t2, s.t2, s.t1); // 4: 2.1
        sum(s.t3, s.t2, ONE); // 5: 3.2
        F.multiply(s.t3, P256Curve.B, s.t3); // 6: 1.3
        long exceptional = F.isZero(s.t2);
        scale(s.t4, s.t2, -1);
        PrimeField.copyIf(s.t4, Z_ELEMENT, exceptional); // 7: 2.1
        scale(s.t4, s.t4, A);
        F.carry(s.t4); // 8: 1
        F.square(s.t2, s.t3); // 9: 1.2
        F.square(s.w, s.t4); // 10: 1.1
        scale(s.t5, s.w, A); // 11: 3.3
        sum(s.t2, s.t2, s.t5); // 12: 4.5
        F.multiply(s.t2, s.t2, s.t3); // 13: 1.4
        F.multiply(s.w, s.w, s.t4); // 14: 1.1
        F.multiply(s.t5, P256Curve.B, s.w); // 15: 1.1
        sum(s.t2, s.t2, s.t5); // 16: 2.5
        F.multiply(r.x, s.t1, s.t3); // 17: 1.1
        long square = squareRootOfRatio(s.v, s.t2, s.w, s); // 18: 1.2
        F.multiply(r.y, s.t1, u); // 19: 1.1
        F.multiply(r.y, r.y, s.v); // 20: 1.1
        PrimeField.copyIf(r.x, s.t3, square); // 21: 1.3
        PrimeField.copyIf(r.y, s.v, square); // 22: 1.2
        PrimeField.negateIf(r.y, F.isOdd(u) ^ F.isOdd(r.y)); // 23, 24: sgn0 is parity
        F.multiply(r.y, r.y, s.t4); // 25: (x/tv4, y) = (x : y·tv4 : tv4)
        PrimeField.copy(r.z, s.t4);
    }

    /**
     * sqrt_ratio_3mod4 of F.2.1.2: r = sqrt(n/d) and all ones if n/d is a square, else r = sqrt(Z·n/d) and 0. Magnitudes
     * up to 2.5 for n and 1.2 for d; uses t0, t5, u and r.
     */
    private static long squareRootOfRatio(long[] r, long[] n, long[] d, Scratch s) {
        F.square(s.t0, d); // 1: 1.1
        F.multiply(s.t5, n, d); // 2: 1.2
        F.multiply(s.t0, s.t0, s.t5); // 3: 1.1
        F.inverseRootCandidate(s.u, s.t0); // 4: 1.1
        F.multiply(s.u, s.u, s.t5); // 5: 1.1
        F.multiply(r, s.u, ROOT_OF_MINUS_Z); // 6: 1.1
        F.square(s.t0, s.u); // 7: 1.1
        F.multiply(s.t0, s.t0, d); // 8: 1.1
        difference(s.t0, s.t0, n);
        long square = F.isZero(s.t0); // 9
        PrimeField.copyIf(r, s.u, square); // 10
        return square;
    }
}
