package quorate.algebra.internal;

import static quorate.algebra.internal.PrimeField.difference;
import static quorate.algebra.internal.PrimeField.scale;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * P, 3P, ..., 31P of one point of secp256k1, as Jacobian coordinates with one Z for all of them: the table of one
 * multiplication. Taken for affine, the (X, Y) are points of the isomorphic curve y² = x³ + 7·Z^6, and the formulas of
 * {@link Jacobian} hold there too. What is computed with them has Z as the unit of its own Z.
 *
 * <p>Source: Méloni, "New point addition formulae for ECC applications", WAIFI 2007, for additions of points with the
 * same Z; Goundar, Joye, Miyaji, Rivain and Venelli, "Scalar multiplication on Weierstraß elliptic curves from co-Z
 * arithmetic", 2011, for the doubling that begins them. Their exceptions, equal and opposite points, cannot be met: 2P
 * and an odd multiple up to 31P of a point of order q.
 */
@ConstantTime
final class ScaledMultiples implements AutoCloseable {
    /** 1, in this field a plain number. */
    private static final long[] ONE = {1, 0, 0, 0, 0};

    private static final int LAST = SignedWindows.ENTRIES - 1;
    private static final int ENTRY = SignedWindows.POINT_WORDS;
    private static final Secp256k1Field F = Secp256k1Field.INSTANCE;

    private final long[] entries = new long[SignedWindows.ENTRIES * ENTRY];
    /** The common Z and its third power. */
    private final long[] unit = new long[Limbs.COUNT];

    private final long[] unitCubed = new long[Limbs.COUNT];

    /** For p that is not O. */
    ScaledMultiples(Projective p, Scratch s) {
        var multiple = new Jacobian();
        var twice = new Jacobian();
        var ratios = new long[SignedWindows.ENTRIES][Limbs.COUNT];
        start(multiple, twice, p, s);
        store(0, multiple.x, multiple.y);
        for (int i = 1; i <= LAST; i++) {
            addTwice(multiple, twice, ratios[i], s);
            store(i, multiple.x, multiple.y);
        }
        scaleToLast(ratios, s);
        F.multiply(unit, multiple.z, ratios[0]);
        F.square(s.t0, unit);
        F.multiply(unitCubed, s.t0, unit);
        multiple.wipe();
        twice.wipe();
        for (var ratio : ratios) {
            Arrays.fill(ratio, 0);
        }
    }

    /** multiple = p and twice = 2p, with the Z that is set in multiple. */
    private static void start(Jacobian multiple, Jacobian twice, Projective p, Scratch s) {
        // p in Jacobian coordinates is (X·Z, Y·Z², Z); for 2p, Z becomes 2·Y·Z² times as large.
        F.multiply(s.t0, p.x, p.z);
        F.square(s.t1, p.z);
        F.multiply(s.t1, s.t1, p.y);
        scale(s.t2, s.t1, 2); // 2
        F.multiply(multiple.z, p.z, s.t2);
        F.square(s.t2, s.t1);
        F.multiply(multiple.x, s.t0, s.t2);
        F.scaleAndCarry(multiple.x, multiple.x, 4);
        F.square(s.t2, s.t2);
        F.scaleAndCarry(multiple.y, s.t2, 8);
        F.square(s.t0, s.t0);
        scale(s.t0, s.t0, 3); // 3
        F.square(s.t1, s.t0);
        difference(twice.x, s.t1, multiple.x, multiple.x); // 3
        difference(s.t1, multiple.x, twice.x); // 4
        F.multiply(twice.y, s.t0, s.t1);
        difference(twice.y, twice.y, multiple.y); // 2
    }

    /** multiple = multiple + twice. Both then have a Z that is {@code ratio} times as large. */
    private static void addTwice(Jacobian multiple, Jacobian twice, long[] ratio, Scratch s) {
        difference(ratio, twice.x, multiple.x); // 7
        difference(s.t0, twice.y, multiple.y); // 4
        F.square(s.t1, ratio);
        F.multiply(twice.x, twice.x, s.t1);
        F.multiply(s.t2, multiple.x, s.t1);
        difference(s.t1, twice.x, s.t2); // 2
        F.multiply(twice.y, twice.y, s.t1);
        F.square(s.t1, s.t0);
        difference(multiple.x, s.t1, twice.x, s.t2); // 3
        difference(s.t1, twice.x, multiple.x); // 4
        F.multiply(multiple.y, s.t0, s.t1);
        difference(multiple.y, multiple.y, twice.y); // 2
    }

    private void store(int i, long[] x, long[] y) {
        System.arraycopy(x, 0, entries, i * ENTRY, Limbs.COUNT);
        System.arraycopy(y, 0, entries, i * ENTRY + Limbs.COUNT, Limbs.COUNT);
    }

    /** Brings all entries to the Z of the last one, which is ratios[0] times the first one at the end. */
    private void scaleToLast(long[][] ratios, Scratch s) {
        PrimeField.copy(s.t0, ONE);
        for (int i = LAST - 1; i >= 0; i--) {
            F.multiply(s.t0, s.t0, ratios[i + 1]);
            F.square(s.t1, s.t0);
            load(s.u, s.v, i);
            F.multiply(s.u, s.u, s.t1);
            F.multiply(s.t1, s.t1, s.t0);
            F.multiply(s.v, s.v, s.t1);
            store(i, s.u, s.v);
        }
        PrimeField.copy(ratios[0], s.t0);
    }

    private void load(long[] x, long[] y, int i) {
        System.arraycopy(entries, i * ENTRY, x, 0, Limbs.COUNT);
        System.arraycopy(entries, i * ENTRY + Limbs.COUNT, y, 0, Limbs.COUNT);
    }

    /** (x, y) = d·P for the digit d of this window. */
    void select(long[] x, long[] y, int window, Scratch s) {
        SignedWindows.selectPoint(x, y, entries, 0, SignedWindows.index(window), s.pair);
        PrimeField.negateIf(y, SignedWindows.isNegative(window));
    }

    /** r = d·P for the digit d of this window. */
    void select(Projective r, int window, Scratch s) {
        select(r.x, r.y, window, s);
        F.multiply(r.x, r.x, unit);
        PrimeField.copy(r.z, unitCubed);
    }

    /** r = p, which was computed from selected points. */
    void toProjective(Projective r, Jacobian p, Scratch s) {
        p.toProjective(r, unit, s);
    }

    @Override
    public void close() {
        Arrays.fill(entries, 0);
        Arrays.fill(unit, 0);
        Arrays.fill(unitCubed, 0);
    }
}
