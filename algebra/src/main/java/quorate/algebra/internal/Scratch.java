package quorate.algebra.internal;

import java.util.Arrays;

/** The intermediate values of one computation on points, and one selected point: reused in it, wiped at its end. */
final class Scratch implements AutoCloseable {
    final long[] t0 = new long[Limbs.COUNT];
    final long[] t1 = new long[Limbs.COUNT];
    final long[] t2 = new long[Limbs.COUNT];
    final long[] t3 = new long[Limbs.COUNT];
    final long[] t4 = new long[Limbs.COUNT];
    final long[] t5 = new long[Limbs.COUNT];
    final long[] u = new long[Limbs.COUNT];
    final long[] v = new long[Limbs.COUNT];
    final long[] w = new long[Limbs.COUNT];
    final Projective selected = new Projective();
    final long[] pair = new long[Choice.WORDS];

    @Override
    public void close() {
        Arrays.fill(t0, 0);
        Arrays.fill(t1, 0);
        Arrays.fill(t2, 0);
        Arrays.fill(t3, 0);
        Arrays.fill(t4, 0);
        Arrays.fill(t5, 0);
        Arrays.fill(u, 0);
        Arrays.fill(v, 0);
        Arrays.fill(w, 0);
        selected.wipe();
        Arrays.fill(pair, 0);
    }
}
