package quorate.reshare;

import java.util.ArrayList;
import java.util.Arrays;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretScalar;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;

/**
 * The last step of a refresh (protocols.md 5.1): from a sharing and a sharing of 0 to the new sharing.
 *
 * @param before the share that this party holds
 * @param newEpoch of the sharing that replaces it
 */
record Renewal(KeyShare before, long newEpoch) {
    private static final int ROUND = 2;

    /**
     * x_i^+ as a share of A_0^+ = A_0, A_k^+ = A_k + sum_j B_{j,k}.
     *
     * @param added B_1 .. B_t, summed over all parties
     * @throws Disagreement DKG-7 if a point is O, RSH-3 if the new share does not belong to it
     */
    KeyShare share(SecretScalar x, PublicPolynomial added) throws Disagreement {
        var after = sharing(added);
        requireUnchanged(before.sharing(), after);
        try {
            return new KeyShare(after, before.index(), x); // x_i^+*G == X_i^+
        } catch (UnsoundKey e) {
            throw new Disagreement(Check.RSH_3, ROUND, e.contradiction());
        }
    }

    private Sharing sharing(PublicPolynomial added) throws Disagreement {
        var old = before.sharing();
        var points = new ArrayList<Point>();
        points.add(old.publicKey());
        for (int k = 1; k <= old.degree(); k++) {
            points.add(old.commitment().coefficients().get(k).plus(added.coefficients().get(k - 1)));
        }
        try {
            return new Sharing(
                    old.keyId(), old.scheme(), old.players(), newEpoch, old.chainCode(), new PublicPolynomial(points));
        } catch (UnsoundKey e) {
            throw new Disagreement(Check.DKG_7, ROUND, e.contradiction());
        }
    }

    /** pk^+ == pk, cc unchanged (RSH-3). */
    static void requireUnchanged(Sharing before, Sharing after) throws Disagreement {
        if (!before.publicKey().equals(after.publicKey())) {
            throw new Disagreement(Check.RSH_3, ROUND, "the new sharing is of another public key");
        }
        if (!Arrays.equals(before.chainCode(), after.chainCode())) {
            throw new Disagreement(Check.RSH_3, ROUND, "the new sharing has another chain code");
        }
    }
}
