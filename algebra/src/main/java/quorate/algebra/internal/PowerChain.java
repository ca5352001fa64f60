package quorate.algebra.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.ConstantTime;

/** The powers of one element on the way to a public exponent, wiped together. */
@ConstantTime
final class PowerChain implements AutoCloseable {
    private final PrimeField field;
    private final List<long[]> powers = new ArrayList<>();

    PowerChain(PrimeField field) {
        this.field = field;
    }

    /** u^(2^n)·v: the exponent of u, then in n more bits that of v. */
    long[] join(long[] u, int n, long[] v) {
        var power = u.clone();
        powers.add(power);
        field.squareTimes(power, n);
        field.multiply(power, power, v);
        return power;
    }

    @Override
    public void close() {
        for (var power : powers) {
            Arrays.fill(power, 0);
        }
    }
}
