package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/**
 * Rows of the multiples P, 2P, ..., 8P of points, from which {@link Selection} takes the multiple of a secret digit: it
 * reads the whole row. Flat, because rows are scanned as often as points are added.
 */
@ConstantTime
final class PreparedTable {
    static final int ROW = Choice.ENTRIES;

    /** Within an entry. */
    private static final int SUM = 0;

    private static final int DIFFERENCE = SUM + Field25519.LIMBS;
    private static final int PRODUCT = DIFFERENCE + Field25519.LIMBS;
    private static final int TWICE_Z = PRODUCT + Field25519.LIMBS;

    private final boolean affine;
    private final long[] limbs;

    /** Whether {@code affine}: all entries have Z = 1, which is then not read. */
    PreparedTable(int rows, boolean affine) {
        this.affine = affine;
        limbs = new long[rows * ROW * Choice.WORDS];
    }

    /** Puts in {@code multiple}·P, from 1 to 8. */
    void store(int row, int multiple, PreparedPoint p) {
        int at = (row * ROW + multiple - 1) * Choice.WORDS;
        p.sum.store(limbs, at + SUM);
        p.difference.store(limbs, at + DIFFERENCE);
        p.product.store(limbs, at + PRODUCT);
        p.twiceZ.store(limbs, at + TWICE_Z);
    }

    Selection selection() {
        return new Selection();
    }

    /** A point that was selected, until the next one is. */
    final class Selection implements AutoCloseable {
        private final long[] entry = new long[Choice.WORDS];
        private final PreparedPoint point = new PreparedPoint();

        /** digit·P for a digit from -8 to 8. */
        PreparedPoint of(int row, int digit) {
            int sign = digit >> 31;
            int multiple = (digit ^ sign) - sign;
            Choice.select(entry, limbs, row * ROW * Choice.WORDS, multiple - 1);
            // Nothing is selected for O, which has Y + X = Y - X = 1, T = 0, 2Z = 2.
            long isZero = Choice.ifEqual(multiple, 0);
            entry[SUM] |= isZero & 1;
            entry[DIFFERENCE] |= isZero & 1;
            entry[TWICE_Z] |= isZero & 2;
            // -P has Y + X and Y - X exchanged, and the other T.
            point.sum.loadEither(entry, SUM, DIFFERENCE, sign);
            point.difference.loadEither(entry, DIFFERENCE, SUM, sign);
            point.product.load(entry, PRODUCT);
            point.product.negateIf(sign);
            if (!affine) {
                point.twiceZ.load(entry, TWICE_Z);
            }
            return point;
        }

        @Override
        public void close() {
            Arrays.fill(entry, 0);
            point.wipe();
        }
    }

    void wipe() {
        Arrays.fill(limbs, 0);
    }
}
