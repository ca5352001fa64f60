package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/** P, 3P, ..., 31P of one point: the table of one multiplication. */
@ConstantTime
final class OddMultiples implements AutoCloseable {
    private static final int X = 0;
    private static final int Y = X + Limbs.COUNT;
    private static final int Z = Y + Limbs.COUNT;
    private static final int STRIDE = Choice.WORDS;

    private final long[] entries = new long[SignedWindows.ENTRIES * STRIDE];
    /** What was selected from the first and from the second eight entries. */
    private final long[] low = new long[STRIDE];

    private final long[] high = new long[STRIDE];

    OddMultiples(Curve curve, Projective p, Scratch scratch) {
        var twice = new Projective();
        curve.add(twice, p, p, scratch);
        var multiple = new Projective();
        multiple.set(p);
        store(0, multiple);
        for (int i = 1; i < SignedWindows.ENTRIES; i++) {
            curve.add(multiple, multiple, twice, scratch);
            store(i, multiple);
        }
        twice.wipe();
        multiple.wipe();
    }

    private void store(int i, Projective multiple) {
        int at = i * STRIDE;
        System.arraycopy(multiple.x, 0, entries, at + X, Limbs.COUNT);
        System.arraycopy(multiple.y, 0, entries, at + Y, Limbs.COUNT);
        System.arraycopy(multiple.z, 0, entries, at + Z, Limbs.COUNT);
    }

    /** r = d·P for the digit d of this window. */
    void select(Projective r, int window) {
        int index = SignedWindows.index(window);
        Choice.select(low, entries, 0, index);
        Choice.select(high, entries, Choice.ENTRIES * STRIDE, index - Choice.ENTRIES);
        for (int i = 0; i < Limbs.COUNT; i++) {
            r.x[i] = low[X + i] | high[X + i];
            r.y[i] = low[Y + i] | high[Y + i];
            r.z[i] = low[Z + i] | high[Z + i];
        }
        PrimeField.negateIf(r.y, SignedWindows.isNegative(window));
    }

    @Override
    public void close() {
        Arrays.fill(entries, 0);
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
    }
}
