package quorate.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.rsa.RsaDecryptor;

/**
 * Opens proofs with the RSA private key (protocols.md 8.4): "take rows in order; obtain the unopened ciphertext's k
 * by one
 * RSA-OAEP decryption, rest in software. Accept when x_b*G == Q_b for all b (PVE-5)." Honest data costs one
 * decryption per node.
 */
public final class Opener {
    private Opener() {}

    /**
     * x_1..x_B, which live as long as {@code scope}.
     *
     * @throws RecoveryRefused PVE-5 if no row of the proof has them
     */
    public static List<SecretScalar> open(Proof proof, RsaDecryptor decryptor, Secrets scope) throws RecoveryRefused {
        if (!proof.recipient().fingerprint().equals(decryptor.fingerprint())) {
            throw RecoveryRefused.because(
                    "RSA key",
                    "the data is for " + proof.recipient().fingerprint() + ", this is " + decryptor.fingerprint());
        }
        var cipher = new RowCipher(proof.recipient());
        for (int i = 0; i < Statement.ROWS; i++) {
            var secrets = row(proof, i, cipher, decryptor, scope);
            if (secrets.isPresent()) {
                return secrets.get();
            }
        }
        throw RecoveryRefused.by(ProofCheck.PVE_5, "rows", "none of the " + Statement.ROWS + " holds the shares");
    }

    private static Optional<List<SecretScalar>> row(
            Proof proof, int i, RowCipher cipher, RsaDecryptor decryptor, Secrets scope) {
        var statement = proof.statement();
        var row = proof.row(i);
        boolean bit = proof.bit(i);
        var decrypted = cipher.decrypt(statement.associated(i, bit ? 0 : 1), row.sealed(), decryptor);
        if (decrypted.isEmpty()) {
            return Optional.empty();
        }
        var half = scope.keep(decrypted.get());
        // "b_i = 0: x1 from cB_i, x = x0(sA_i) + x1; b_i = 1: sA_i from cA_i, x = x0 + x1."
        var seed = bit ? half : row.opened();
        var scalars = bit ? row.opened() : half;
        if (seed.length != Statement.SEED_BYTES || scalars.length != statement.scalarsBytes()) {
            return Optional.empty();
        }
        var secrets = new ArrayList<SecretScalar>();
        for (int b = 0; b < statement.size(); b++) {
            try {
                var x = statement.secret(scalars, b, scope).plus(statement.secretX0(i, b, seed, scope));
                if (!statement.group().multiplyBase(x).equals(statement.image(b))) {
                    return Optional.empty();
                }
                secrets.add(x);
            } catch (DecodingException e) {
                return Optional.empty();
            }
        }
        return Optional.of(secrets);
    }
}
