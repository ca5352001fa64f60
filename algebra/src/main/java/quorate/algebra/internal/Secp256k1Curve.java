package quorate.algebra.internal;

import static quorate.algebra.internal.PrimeField.difference;
import static quorate.algebra.internal.PrimeField.scale;
import static quorate.algebra.internal.PrimeField.sum;

import java.math.BigInteger;
import quorate.algebra.ConstantTime;

/**
 * secp256k1: y² = x³ + 7 (SEC 2, version 2.0, section 2.4.1). Numbers behind the lines bound the magnitudes of {@link
 * PrimeField} where they are not 1, for coordinates within 3.
 */
@ConstantTime
final class Secp256k1Curve extends Curve {
    static final Secp256k1Curve INSTANCE = new Secp256k1Curve();

    private static final Secp256k1Field F = Secp256k1Field.INSTANCE;
    private static final int B = 7;
    /** b3 of the formulas. */
    private static final int B3 = 3 * B;

    private static final long[] ONE = F.element(BigInteger.ONE);
    private static final long[] SEVEN = F.element(BigInteger.valueOf(B));

    private Secp256k1Curve() {
        super(
                Secp256k1Field.INSTANCE,
                ScalarField.SECP256K1,
                "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
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
        PrimeField.copy(r, SEVEN);
    }

    /** ePrint 2015/1060, algorithm 7: 12 products. */
    @Override
    void add(Projective r, Projective p, Projective q, Scratch s) {
        F.multiply(s.t0, p.x, q.x);
        F.multiply(s.t1, p.y, q.y);
        F.multiply(s.t2, p.z, q.z);
        sum(s.u, p.x, p.y); // 6
        sum(s.v, q.x, q.y); // 6
        F.multiply(s.t3, s.u, s.v);
        difference(s.t3, s.t3, s.t0, s.t1); // 3
        sum(s.u, p.y, p.z); // 6
        sum(s.v, q.y, q.z); // 6
        F.multiply(s.t4, s.u, s.v);
        difference(s.t4, s.t4, s.t1, s.t2); // 3
        sum(s.u, p.x, p.z); // 6
        sum(s.v, q.x, q.z); // 6
        F.multiply(s.t5, s.u, s.v);
        difference(s.t5, s.t5, s.t0, s.t2); // 3
        F.scaleAndCarry(s.t2, s.t2, B3);
        finishAddition(r, s);
    }

    /** ePrint 2015/1060, algorithm 8, for q with Z = 1: 11 products. */
    @Override
    void addAffine(Projective r, Projective p, long[] x, long[] y, Scratch s) {
        F.multiply(s.t0, p.x, x);
        F.multiply(s.t1, p.y, y);
        sum(s.u, p.x, p.y); // 6
        sum(s.v, x, y); // 2.2
        F.multiply(s.t3, s.u, s.v);
        difference(s.t3, s.t3, s.t0, s.t1); // 3
        F.multiply(s.t4, y, p.z);
        sum(s.t4, s.t4, p.y); // 4
        F.multiply(s.t5, x, p.z);
        sum(s.t5, s.t5, p.x); // 4
        F.scaleAndCarry(s.t2, p.z, B3);
        finishAddition(r, s);
    }

    /**
     * What algorithms 7 and 8 share: t0 = X1·X2, t1 = Y1·Y2, t2 = b3·Z1·Z2, t3 = X1·Y2 + X2·Y1, t4 = Y1·Z2 + Y2·Z1 and
     * t5 = X1·Z2 + X2·Z1.
     */
    private static void finishAddition(Projective r, Scratch s) {
        scale(s.t0, s.t0, 3); // 3
        sum(s.w, s.t1, s.t2); // 2
        difference(s.t1, s.t1, s.t2); // 2
        F.scaleAndCarry(s.t5, s.t5, B3);
        F.sumOfProducts(r.z, s.w, s.t4, s.t0, s.t3);
        F.sumOfProducts(r.y, s.t1, s.w, s.t5, s.t0);
        scale(s.t4, s.t4, -1); // 4
        F.sumOfProducts(r.x, s.t3, s.t1, s.t4, s.t5);
    }

    /** ePrint 2015/1060, algorithm 9: 6 products, 2 squares. */
    @Override
    void doubleTimes(Projective r, int times, Scratch s) {
        for (int i = 0; i < times; i++) {
            F.square(s.t0, r.y);
            scale(s.w, s.t0, 8); // 8
            F.multiply(s.t1, r.y, r.z);
            F.square(s.t2, r.z);
            F.scaleAndCarry(s.t2, s.t2, B3);
            F.multiply(r.z, s.t1, s.w);
            sum(s.v, s.t0, s.t2); // 2
            scale(s.u, s.t2, 3); // 3
            difference(s.t0, s.t0, s.u); // 4
            F.multiply(s.t1, r.x, r.y);
            F.sumOfProducts(r.y, s.t2, s.w, s.t0, s.v);
            F.multiply(r.x, s.t0, s.t1);
            scale(r.x, r.x, 2); // 2
        }
    }

    /**
     * k·p = Σ (d_i + e_i·λ)·32^i·p with the digits of {@link Endomorphism}: half the doublings.
     *
     * <p>All but the last window are added in Jacobian coordinates, whose exceptions cannot be met. When a point is
     * added, the sum so far is (x + y·λ)·p, and the point z·p or z·φ(p) = z·λ·p, for an odd z. In the first case y is
     * odd or 32 times an odd number, so (x ± z, y) is not (0, 0); in the second x is odd, so (x, y ± z) is not; neither
     * is (x, y). Both numbers of such a pair are below 2^125 + 2^5. Now if v + w·λ = 0 mod q, then q divides
     * (v + w·λ)·(v + w·λ²) = v² - v·w + w², since λ² + λ + 1 = 0. That is not 0 unless v = w = 0, and below
     * 3·2^252 < q: so the points are neither O, nor equal, nor opposite. In the last window the numbers reach 2^130,
     * k·p may be O, and the formulas are the complete ones.
     */
    @Override
    public Projective multiply(Projective p, long[] k) {
        var r = new Projective();
        var sum = new Jacobian();
        try (var halves = new Endomorphism.Halves(k);
                var scratch = new Scratch();
                var multiples = new ScaledMultiples(p, scratch)) {
            int last = Endomorphism.WINDOWS - 1;
            multiples.select(sum.x, sum.y, SignedWindows.window(halves.first(), last), scratch);
            PrimeField.copy(sum.z, ONE);
            addImage(sum, multiples, SignedWindows.window(halves.second(), last), scratch);
            for (int i = last - 1; i > 0; i--) {
                sum.doubleTimes(SignedWindows.BITS, scratch);
                multiples.select(scratch.u, scratch.v, SignedWindows.window(halves.first(), i), scratch);
                sum.add(scratch.u, scratch.v, scratch);
                addImage(sum, multiples, SignedWindows.window(halves.second(), i), scratch);
            }
            sum.doubleTimes(SignedWindows.BITS, scratch);
            multiples.toProjective(r, sum, scratch);
            var selected = scratch.selected;
            multiples.select(selected, SignedWindows.window(halves.first(), 0), scratch);
            add(r, r, selected, scratch);
            multiples.select(selected, SignedWindows.window(halves.second(), 0), scratch);
            F.multiply(selected.x, selected.x, Endomorphism.BETA);
            add(r, r, selected, scratch);
        } finally {
            sum.wipe();
        }
        return r;
    }

    /** sum = sum + φ(d·p) for the digit d of this window. */
    private static void addImage(Jacobian sum, ScaledMultiples multiples, int window, Scratch s) {
        multiples.select(s.u, s.v, window, s);
        F.multiply(s.u, s.u, Endomorphism.BETA);
        sum.add(s.u, s.v, s);
    }
}
