package quorate.algebra.internal;

import static quorate.algebra.internal.PrimeField.difference;
import static quorate.algebra.internal.PrimeField.scale;
import static quorate.algebra.internal.PrimeField.sum;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/**
 * P-256: y² = x³ - 3x + b (SP 800-186, section 3.2.1.3). Numbers behind the lines bound the magnitudes of {@link
 * PrimeField}, for coordinates within 3.
 */
@ConstantTime
final class P256Curve extends Curve {
    static final P256Curve INSTANCE = new P256Curve();

    private static final P256Field F = P256Field.INSTANCE;
    static final long[] B =
            F.element(new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16));

    private P256Curve() {
        super(
                P256Field.INSTANCE,
                ScalarField.P256,
                "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    }

    private static final class Tables {
        static final BaseTable BASE = new BaseTable(INSTANCE);
    }

    @Override
    BaseTable baseTable() {
        return Tables.BASE;
    }

    @Override
    void linearTerms(long[] r, long[] x) {
        scale(r, x, -3);
        sum(r, r, B); // 4.3
    }

    /** ePrint 2015/1060, algorithm 4: 12 products and 2 by b. */
    @Override
    void add(Projective r, Projective p, Projective q, Scratch s) {
        F.multiply(s.t0, p.x, q.x); // 1.6
        F.multiply(s.t1, p.y, q.y); // 1.6
        F.multiply(s.t2, p.z, q.z); // 1.6
        sum(s.u, p.x, p.y); // 6
        sum(s.v, q.x, q.y); // 6
        F.multiply(s.t3, s.u, s.v); // 3.4
        difference(s.t3, s.t3, s.t0, s.t1); // 6.6
        sum(s.u, p.y, p.z); // 6
        sum(s.v, q.y, q.z); // 6
        F.multiply(s.t4, s.u, s.v); // 3.4
        difference(s.t4, s.t4, s.t1, s.t2); // 6.6
        sum(s.u, p.x, p.z); // 6
        sum(s.v, q.x, q.z); // 6
        F.multiply(s.t5, s.u, s.v); // 3.4
        difference(s.t5, s.t5, s.t0, s.t2); // 6.6
        finishAddition(r, s.t2, s);
    }

    /** ePrint 2015/1060, algorithm 5, for q with Z = 1: 11 products and 2 by b. */
    @Override
    void addAffine(Projective r, Projective p, long[] x, long[] y, Scratch s) {
        F.multiply(s.t0, p.x, x); // 1.3
        F.multiply(s.t1, p.y, y); // 1.3
        sum(s.u, p.x, p.y); // 6
        sum(s.v, x, y); // 2.2
        F.multiply(s.t3, s.u, s.v); // 1.9
        difference(s.t3, s.t3, s.t0, s.t1); // 4.5
        F.multiply(s.t4, y, p.z); // 1.3
        sum(s.t4, s.t4, p.y); // 4.3
        F.multiply(s.t5, x, p.z); // 1.3
        sum(s.t5, s.t5, p.x); // 4.3
        finishAddition(r, p.z, s);
    }

    /**
     * What algorithms 4 and 5 share: t0 = X1·X2, t1 = Y1·Y2, zz = Z1·Z2, t3 = X1·Y2 + X2·Y1, t4 = Y1·Z2 + Y2·Z1 and
     * t5 = X1·Z2 + X2·Z1, of magnitudes up to 1.6 (3 for zz) and 6.6.
     */
    private static void finishAddition(Projective r, long[] zz, Scratch s) {
        F.multiply(s.u, B, zz); // 1.2
        difference(s.u, s.t5, s.u); // 7.8
        F.tripleAndCarry(s.u, s.u); // 1
        difference(s.w, s.t1, s.u); // 2.6
        sum(s.u, s.t1, s.u); // 2.6
        F.multiply(s.t5, B, s.t5); // 1.5
        F.tripleAndCarry(s.t2, zz); // 1
        difference(s.t5, s.t5, s.t2, s.t0); // 4.1
        F.tripleAndCarry(s.t5, s.t5); // 1
        scale(s.t0, s.t0, 3); // 4.8
        difference(s.t0, s.t0, s.t2); // 5.8
        F.sumOfProducts(r.z, s.t4, s.w, s.t3, s.t0); // 4.7
        F.carry(r.z); // 1
        F.sumOfProducts(r.y, s.u, s.w, s.t0, s.t5); // 1.9
        scale(s.t4, s.t4, -1); // 6.6
        F.sumOfProducts(r.x, s.t3, s.u, s.t4, s.t5); // 2.6
    }

    /**
     * In Jacobian coordinates, x = X/Z² and y = Y/Z³, where doubling costs 8 products instead of 13; entering and
     * leaving costs 6. Source: Bernstein, dbl-2001-b, which has no exception in a group of odd order.
     */
    @Override
    void doubleTimes(Projective r, int times, Scratch s) {
        F.square(s.t0, r.z); // 1.6
        F.multiply(r.x, r.x, r.z); // 1.6
        F.multiply(r.y, r.y, s.t0); // 1.4
        for (int i = 0; i < times; i++) {
            doubleJacobian(r, s);
        }
        F.square(s.t0, r.z); // 1.6
        F.multiply(r.x, r.x, r.z); // 1.2
        F.multiply(r.z, r.z, s.t0); // 1.4
    }

    /** From X, Y and Z within 1.6, 1.4 and 3 to 1, 1 and 2.6. */
    private static void doubleJacobian(Projective r, Scratch s) {
        F.square(s.t0, r.z); // δ: 1.6
        F.square(s.t1, r.y); // γ: 1.2
        F.multiply(s.t2, r.x, s.t1); // β: 1.2
        difference(s.u, r.x, s.t0); // 3.2
        sum(s.v, r.x, s.t0); // 3.2
        F.multiply(s.t3, s.u, s.v); // 1.7
        scale(s.t3, s.t3, 3); // α: 5.1
        F.multiply(r.z, r.y, r.z); // 1.3
        scale(r.z, r.z, 2); // 2.6
        F.square(s.u, s.t3); // 2.8
        scale(s.t2, s.t2, 4); // 4.8
        difference(r.x, s.u, s.t2, s.t2); // 12.4
        F.carry(r.x); // 1
        difference(s.v, s.t2, r.x); // 5.8
        F.multiply(s.v, s.t3, s.v); // 3
        F.square(s.t1, s.t1); // 1.1
        scale(s.t1, s.t1, 8); // 8.8
        difference(r.y, s.v, s.t1); // 11.8
        F.carry(r.y); // 1
    }
}
