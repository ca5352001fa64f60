package quorate.vole;

import quorate.algebra.ConstantTime;
import quorate.algebra.Group;
import quorate.algebra.ScalarVector;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;

/**
 * Alice of a random VOLE: multiplies her a_0, a_1 with a beta of Bob's that neither of them chose.
 *
 * <p>Source: protocols.md 2.4, DKLs23 protocol 5.2 with fixes A and B. Letters: A0 the pads of row0, at the
 * corrections, eta and mu the check, g the gadget. Assumes that the OT extension was found consistent. Cost: 11 000
 * hash blocks, 8 000 products.
 */
@ConstantTime
public final class VoleSender {
    private static final Extension EXTENSION = Extension.OF_256_BITS;
    private static final int SCALAR_BYTES = 32;
    private static final int CORRECTION_BYTES = EXTENSION.ots() * Pads.PER_OT * SCALAR_BYTES;

    /** VL of Appendix C. */
    public static final int MESSAGE_BYTES = CORRECTION_BYTES + SCALAR_BYTES + Extension.HASH_BYTES;

    /**
     * What Alice adds: c_i + D_i = a_i * beta.
     *
     * @param c0 c_0
     * @param c1 c_1
     */
    public record Product(SecretScalar c0, SecretScalar c1) {}

    private final Group group;
    private final byte[] psid;
    private final ScalarVector inputs;
    private final ScalarVector pads;
    private final byte[] corrections;
    private final Secrets scratch;

    /**
     * Expands the pads and computes the corrections.
     *
     * @param psid binds both nonces and the OTE message
     * @param ah the check input, drawn uniformly
     */
    VoleSender(byte[] psid, OtSender ot, SecretScalar a0, SecretScalar a1, SecretScalar ah, Secrets scratch) {
        this.group = a0.group();
        this.psid = psid;
        this.scratch = scratch;
        inputs = ScalarVector.zeros(group, Pads.PER_OT, scratch);
        inputs.set(0, a0);
        inputs.set(1, a1);
        inputs.set(2, ah);
        pads = ScalarVector.zeros(group, Pads.PER_OT * EXTENSION.ots(), scratch);
        corrections = new byte[CORRECTION_BYTES];
        // at[j][c] = A0[j][c] - A1[j][c] + (a_0, a_1, ah)[c]
        var one = ScalarVector.zeros(group, Pads.PER_OT, scratch);
        var at = ScalarVector.zeros(group, 1, scratch);
        long delta0 = ot.delta()[0];
        long delta1 = ot.delta()[1];
        try (var hashes = new Pads(psid, scratch)) {
            for (int j = 0; j < EXTENSION.ots(); j++) {
                long low = ot.rows()[2 * j];
                long high = ot.rows()[2 * j + 1];
                hashes.expand(j, low, high, pads, Pads.PER_OT * j);
                hashes.expand(j, low ^ delta0, high ^ delta1, one, 0);
                for (int c = 0; c < Pads.PER_OT; c++) {
                    int i = Pads.PER_OT * j + c;
                    at.subtract(0, at, 0);
                    at.add(0, pads, i);
                    at.subtract(0, one, c);
                    at.add(0, inputs, c);
                    at.encode(0, corrections, i * SCALAR_BYTES);
                }
            }
        }
    }

    /**
     * Writes the message of one VOLE.
     *
     * @param out takes {@link #MESSAGE_BYTES} from {@code at}
     * @param scope of the product
     */
    public static Product multiply(
            byte[] psid,
            OtSender ot,
            SecretScalar a0,
            SecretScalar a1,
            SecretScalar ah,
            byte[] out,
            int at,
            Secrets scope) {
        try (var scratch = new Secrets()) {
            return new VoleSender(psid, ot, a0, a1, ah, scratch).finish(out, at, scope);
        }
    }

    /** The pads A0, row-major. */
    ScalarVector pads() {
        return pads;
    }

    /** ser(at row-major). */
    byte[] corrections() {
        return corrections;
    }

    /** Answers the challenges of the corrections as they are. */
    Product finish(byte[] out, int at, Secrets scope) {
        var hashes = VoleHashes.of(group, psid, corrections);
        // eta = ah + theta_0*a_0 + theta_1*a_1; mu_j = A0[j][2] + theta_0*A0[j][0] + theta_1*A0[j][1]
        var weights = hashes.weights();
        var mu = scratch.keep(new byte[EXTENSION.ots() * SCALAR_BYTES]);
        for (int j = 0; j < EXTENSION.ots(); j++) {
            pads.encodeWeighted(Pads.PER_OT * j, weights, mu, j * SCALAR_BYTES);
        }
        var muh = hashes.ofCheck(mu);
        var eta = scratch.keep(new byte[SCALAR_BYTES]);
        inputs.encodeWeighted(0, weights, eta, 0);
        // c_i = - sum_j g_j * A0[j][i]
        var g = hashes.gadget(EXTENSION.ots(), eta, muh, scratch);
        var product = new Product(
                pads.weightedSum(0, Pads.PER_OT, g, scratch).negate().in(scope),
                pads.weightedSum(1, Pads.PER_OT, g, scratch).negate().in(scope));
        System.arraycopy(corrections, 0, out, at, corrections.length);
        System.arraycopy(eta, 0, out, at + corrections.length, eta.length);
        System.arraycopy(muh, 0, out, at + corrections.length + eta.length, muh.length);
        return product;
    }

    @Override
    public String toString() {
        return "VoleSender[redacted]";
    }
}
