package quorate.algebra;

import java.util.Arrays;
import quorate.algebra.internal.ScalarField;
import quorate.algebra.internal.WideScalars;

/**
 * Secret scalars of a Weierstrass group, thousands at a time, in one flat array that is wiped with its scope. Entries
 * are worked on in place: no operation makes garbage, all are constant time in the values. Not thread-safe.
 */
@ConstantTime
public final class ScalarVector {
    private final Group group;
    private final WideScalars arithmetic;
    private final ScalarField field;
    private final long[] entries;
    /** One number on its way in or out. */
    private final long[] scratch;

    private ScalarVector(WeierstrassGroup group, int size, Secrets scope) {
        this.group = group;
        this.arithmetic = group.wideScalars();
        this.field = arithmetic.field();
        this.entries = scope.keep(new long[size * ScalarField.LIMBS]);
        this.scratch = scope.keep(new long[2 * ScalarField.LIMBS]);
    }

    /**
     * {@code size} zeros.
     *
     * @throws IllegalArgumentException if the group is not a Weierstrass curve
     */
    public static ScalarVector zeros(Group group, int size, Secrets scope) {
        return switch (group) {
            case WeierstrassGroup weierstrass -> new ScalarVector(weierstrass, size, scope);
            case EdwardsGroup edwards -> throw new IllegalArgumentException("no vectors over " + edwards.name());
        };
    }

    public int size() {
        return entries.length / ScalarField.LIMBS;
    }

    /** this[i] = OS2IP(48 bytes from {@code at}) mod q. */
    public void reduce(int i, byte[] wide, int at) {
        arithmetic.reduce(entries, at(i), wide, at);
    }

    /** this[i] = value. */
    public void set(int i, SecretScalar value) {
        requireMine(value.group());
        arithmetic.fromField(entries, at(i), value.limbs());
    }

    /** this[i] = value. */
    public void set(int i, Scalar value) {
        requireMine(value.group());
        arithmetic.fromField(entries, at(i), value.limbs());
    }

    /** this[i] = the encoded scalar from {@code at}; whether it was below the order, as canonical encodings are. */
    public boolean decode(int i, byte[] encoded, int at) {
        return arithmetic.decode(entries, at(i), encoded, at, scratch) != 0;
    }

    /** Writes the canonical encoding of this[i] to {@code out} from {@code at}. */
    public void encode(int i, byte[] out, int at) {
        arithmetic.encode(out, at, entries, at(i), scratch);
    }

    /** this[i] += other[j]. */
    public void add(int i, ScalarVector other, int j) {
        field.add(entries, at(i), entries, at(i), other.entries, at(j));
    }

    /** this[i] -= other[j]. */
    public void subtract(int i, ScalarVector other, int j) {
        field.subtract(entries, at(i), entries, at(i), other.entries, at(j));
    }

    /** this[i] += other[j] if {@code mask} is all ones, and += 0 if it is 0: which of them stays secret. */
    public void addMasked(int i, ScalarVector other, int j, long mask) {
        select(other, j, mask);
        field.add(entries, at(i), entries, at(i), scratch, 0);
    }

    /** this[i] -= other[j] or 0, as {@link #addMasked}. */
    public void subtractMasked(int i, ScalarVector other, int j, long mask) {
        select(other, j, mask);
        field.subtract(entries, at(i), entries, at(i), scratch, 0);
    }

    private void select(ScalarVector other, int j, long mask) {
        int from = at(j);
        for (int limb = 0; limb < ScalarField.LIMBS; limb++) {
            scratch[limb] = other.entries[from + limb] & mask;
        }
    }

    /** this[i] += other[j]·factor. */
    public void addProduct(int i, ScalarVector other, int j, Scalar factor) {
        field.multiply(scratch, 0, other.entries, at(j), factor.limbs(), 0);
        field.add(entries, at(i), entries, at(i), scratch, 0);
    }

    /** sum of this[j]·weights[j] mod q over the entries first, first + stride, ... of this vector. */
    public SecretScalar weightedSum(int first, int stride, ScalarVector weights, Secrets scope) {
        var sum = new SecretScalar(group, scope, new long[ScalarField.LIMBS]);
        var limbs = sum.limbs();
        for (int j = 0, i = first; i < size(); j++, i += stride) {
            field.multiply(scratch, 0, entries, at(i), weights.entries, at(j));
            field.add(limbs, 0, limbs, 0, scratch, 0);
        }
        arithmetic.productToField(limbs, limbs, 0);
        return sum;
    }

    /** Wipes all entries now, before the scope closes. */
    public void erase() {
        Arrays.fill(entries, 0);
        Arrays.fill(scratch, 0);
    }

    private static int at(int i) {
        return i * ScalarField.LIMBS;
    }

    private void requireMine(Group other) {
        if (!group.equals(other)) {
            throw new IllegalArgumentException("a scalar of " + other.name() + " among those of " + group.name());
        }
    }

    @Override
    public String toString() {
        return "ScalarVector[" + size() + ", redacted]";
    }
}
