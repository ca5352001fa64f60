package quorate.recovery;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Transcript;

/**
 * Checks proofs with public data only (protocols.md 8.3): every half that the challenge opened is encrypted again,
 * and the
 * challenge computed anew. "Soundness: a false statement passes with 2^-128 per hash query."
 */
public final class Verifier {
    private Verifier() {}

    /**
     * Checks one proof.
     *
     * @throws RecoveryRefused PVE-2 or PVE-3, naming the row where that is known
     */
    public static void verify(Proof proof) throws RecoveryRefused {
        var statement = proof.statement();
        var cipher = new RowCipher(proof.recipient());
        var transcript = statement.challenge();
        for (int i = 0; i < Statement.ROWS; i++) {
            add(transcript, statement, proof, i, cipher);
        }
        // "Recompute chal; must equal (PVE-3)."
        if (!Arrays.equals(transcript.expand(Statement.CHALLENGE_BYTES), proof.challenge())) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_3,
                    "rows",
                    "the challenge is not that of the rows: at least one does not hold the share");
        }
    }

    private static void add(Transcript transcript, Statement statement, Proof proof, int i, RowCipher cipher)
            throws RecoveryRefused {
        var row = proof.row(i);
        var group = statement.group();
        var points = new byte[statement.size()][];
        if (proof.bit(i)) {
            // "b_i = 1: recompute cB_i, X0_{i,b} = Q_b - x1_{i,b}*G, take cA_i."
            for (int b = 0; b < statement.size(); b++) {
                try {
                    var x1 = statement.scalar(row.opened(), b);
                    points[b] = statement.encode(statement.image(b).minus(group.multiplyBase(x1)));
                } catch (DecodingException e) {
                    throw RecoveryRefused.by(ProofCheck.PVE_2, "row " + i, String.valueOf(e.getMessage()));
                }
            }
            var sealedScalars = cipher.encrypt(statement.associated(i, 1), row.opened(), row.rho());
            transcript.add(row.sealed()).add(sealedScalars);
        } else {
            // "b_i = 0: recompute x0, X0, cA_i, take cB_i."
            for (int b = 0; b < statement.size(); b++) {
                points[b] = statement.encode(group.multiplyBase(statement.publicX0(i, b, row.opened())));
            }
            var sealedSeed = cipher.encrypt(statement.associated(i, 0), row.opened(), row.rho());
            transcript.add(sealedSeed).add(row.sealed());
        }
        transcript.add(points);
    }
}
