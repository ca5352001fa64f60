package quorate.vole;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.ConstantTime;
import quorate.algebra.Group;
import quorate.algebra.ScalarVector;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;

/**
 * Bob of a random VOLE: from Alice's message beta, D_0 and D_1 with c_i + D_i = a_i * beta.
 *
 * <p>Source: protocols.md 2.4. The verdict {@link #isConsistent} depends on Bob's choices w: it is passed under the
 * lock of the pair, and nothing is done with the result if it fails. Cost: 7 700 hash blocks, 7 000 products.
 */
@ConstantTime
public final class VoleReceiver {
    private static final Extension EXTENSION = Extension.OF_256_BITS;
    private static final int SCALAR_BYTES = 32;

    private final byte[] claimed;
    private final byte[] expected;
    private final SecretScalar beta;
    private final SecretScalar d0;
    private final SecretScalar d1;

    private VoleReceiver(byte[] claimed, byte[] expected, SecretScalar beta, SecretScalar d0, SecretScalar d1) {
        this.claimed = claimed;
        this.expected = expected;
        this.beta = beta;
        this.d0 = d0;
        this.d1 = d1;
    }

    /**
     * Computes everything and passes no verdict.
     *
     * @param psid as Alice has it
     * @param message holds {@link VoleSender#MESSAGE_BYTES} from {@code from}
     * @param scope of the results
     * @return empty if a scalar is not below q (VOLE-1), which depends on no secret
     */
    public static Optional<VoleReceiver> open(
            Group group, byte[] psid, OtReceiver ot, byte[] message, int from, Secrets scope) {
        try (var scratch = new Secrets()) {
            int pads = Pads.PER_OT * EXTENSION.ots();
            int etaAt = from + pads * SCALAR_BYTES;
            var eta = ScalarVector.zeros(group, 1, scratch);
            if (!eta.decode(0, message, etaAt)) {
                return Optional.empty();
            }
            // d[j][c] = B[j][c] + w_j*at[j][c]
            var d = ScalarVector.zeros(group, pads, scratch);
            var at = ScalarVector.zeros(group, 1, scratch);
            try (var hashes = new Pads(psid, scratch)) {
                for (int j = 0; j < EXTENSION.ots(); j++) {
                    long chosen = Columns.mask(ot.choices(), j);
                    hashes.expand(j, ot.rows()[2 * j], ot.rows()[2 * j + 1], d, Pads.PER_OT * j);
                    for (int c = 0; c < Pads.PER_OT; c++) {
                        int i = Pads.PER_OT * j + c;
                        if (!at.decode(0, message, from + i * SCALAR_BYTES)) {
                            return Optional.empty();
                        }
                        d.addMasked(i, at, 0, chosen);
                    }
                }
            }
            var challenges = VoleHashes.of(group, psid, Arrays.copyOfRange(message, from, etaAt));
            var expected = check(challenges, d, eta, ot, scratch);
            int claimedAt = etaAt + SCALAR_BYTES;
            var claimed = Arrays.copyOfRange(message, claimedAt, claimedAt + Extension.HASH_BYTES);
            var g = challenges.gadget(
                    EXTENSION.ots(), Arrays.copyOfRange(message, etaAt, claimedAt), claimed, scratch);
            return Optional.of(new VoleReceiver(
                    claimed,
                    scope.keep(expected),
                    beta(group, ot, g, scratch).in(scope),
                    d.weightedSum(0, Pads.PER_OT, g, scratch).in(scope),
                    d.weightedSum(1, Pads.PER_OT, g, scratch).in(scope)));
        }
    }

    /** mu'_j = d[j][2] + theta_0*d[j][0] + theta_1*d[j][1] - w_j*eta; their hash. */
    private static byte[] check(
            VoleHashes challenges, ScalarVector d, ScalarVector eta, OtReceiver ot, Secrets scratch) {
        var weights = challenges.weights();
        var terms = ScalarVector.zeros(challenges.group(), Pads.PER_OT, scratch);
        var mu = scratch.keep(new byte[EXTENSION.ots() * SCALAR_BYTES]);
        for (int j = 0; j < EXTENSION.ots(); j++) {
            for (int c = 0; c < Pads.PER_OT; c++) {
                terms.subtract(c, terms, c);
                terms.add(c, d, Pads.PER_OT * j + c);
            }
            terms.subtractMasked(2, eta, 0, Columns.mask(ot.choices(), j));
            terms.encodeWeighted(0, weights, mu, j * SCALAR_BYTES);
        }
        return challenges.ofCheck(mu);
    }

    /** beta = sum_j g_j*w_j. */
    private static SecretScalar beta(Group group, OtReceiver ot, ScalarVector g, Secrets scratch) {
        var sum = ScalarVector.zeros(group, 1, scratch);
        for (int j = 0; j < EXTENSION.ots(); j++) {
            sum.addMasked(0, g, j, Columns.mask(ot.choices(), j));
        }
        var one = ScalarVector.zeros(group, 1, scratch);
        one.set(0, group.scalar(1));
        return sum.weightedSum(0, 1, one, scratch);
    }

    /** VOLE-2: TH("rvole/mu", psid, da, mu') = muh. */
    public boolean isConsistent() {
        return MessageDigest.isEqual(claimed, expected);
    }

    public SecretScalar beta() {
        return beta;
    }

    /** D_0. */
    public SecretScalar d0() {
        return d0;
    }

    /** D_1. */
    public SecretScalar d1() {
        return d1;
    }

    @Override
    public String toString() {
        return "VoleReceiver[redacted]";
    }
}
