package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * Rows of the multiples P, 2P, ..., 8P of points, from which {@link #select} takes the multiple of a secret digit: it
 * reads the whole row. Flat, because rows are scanned as often as points are added.
 */
@ConstantTime
final class PreparedTable {
    static final int ROW = 8;
    /** Within a row, first the Y + X of all entries, then their Y - X, and so on: a column each. */
    private static final int COLUMN = ROW * Field25519.LIMBS;

    private final boolean affine;
    private final int rowLimbs;
    private final long[] limbs;

    /** Whether {@code affine}: all entries have Z = 1, which is then not stored. */
    PreparedTable(int rows, boolean affine) {
        this.affine = affine;
        rowLimbs = (affine ? 3 : 4) * COLUMN;
        limbs = new long[rows * rowLimbs];
    }

    /** Puts in {@code multiple}·P, from 1 to 8. */
    void store(int row, int multiple, PreparedPoint p) {
        int at = row * rowLimbs + (multiple - 1) * Field25519.LIMBS;
        store(at, p.sum);
        store(at + COLUMN, p.difference);
        store(at + 2 * COLUMN, p.product);
        if (!affine) {
            store(at + 3 * COLUMN, p.twiceZ);
        }
    }

    private void store(int at, Field25519 a) {
        limbs[at] = a.l0;
        limbs[at + 1] = a.l1;
        limbs[at + 2] = a.l2;
        limbs[at + 3] = a.l3;
        limbs[at + 4] = a.l4;
    }

    /** r = digit·P for a digit from -8 to 8. */
    void select(PreparedPoint r, int row, int digit) {
        int sign = digit >> 31;
        int multiple = (digit ^ sign) - sign;
        int at = row * rowLimbs;
        // O has Y + X = Y - X = 1, T = 0, 2Z = 2.
        select(r.sum, at, multiple, 1);
        select(r.difference, at + COLUMN, multiple, 1);
        select(r.product, at + 2 * COLUMN, multiple, 0);
        if (!affine) {
            select(r.twiceZ, at + 3 * COLUMN, multiple, 2);
        }
        r.negateIf(sign);
    }

    private void select(Field25519 r, int column, int multiple, int neutral) {
        long a0 = neutral & ifEqual(multiple, 0);
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        long a4 = 0;
        for (int i = 0; i < ROW; i++) {
            int at = column + i * Field25519.LIMBS;
            long mask = ifEqual(multiple, i + 1);
            a0 |= limbs[at] & mask;
            a1 |= limbs[at + 1] & mask;
            a2 |= limbs[at + 2] & mask;
            a3 |= limbs[at + 3] & mask;
            a4 |= limbs[at + 4] & mask;
        }
        r.set(a0, a1, a2, a3, a4);
    }

    /** -1 if a = b, else 0, for numbers that are not negative. */
    private static long ifEqual(int a, int b) {
        return ((long) (a ^ b) - 1) >> 63;
    }

    void wipe() {
        Arrays.fill(limbs, 0);
    }
}
