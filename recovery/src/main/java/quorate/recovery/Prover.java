package quorate.recovery;

import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.rsa.RsaRecipient;

/**
 * Makes proofs: publicly verifiable encryption of shares (protocols.md 8.2). Whether the RSA key is allowed (PVE-0)
 * was asked
 * before. Constant time in the shares; costs 256 RSA public operations and 128 multiplications per share.
 */
public final class Prover {
    private static final int BYTES = 32;

    private Prover() {}

    /**
     * Proves that what is encrypted for {@code recipient} is the discrete logarithm of X_i, for every key of the label.
     *
     * @param secrets x_1..x_B, the share of party i in each key
     * @throws IllegalArgumentException if they are not the shares that the label names
     */
    public static Proof prove(Label label, RsaRecipient recipient, List<SecretScalar> secrets, Draw draw) {
        var statement = new Statement(label.encode(), recipient.fingerprint(), label.images());
        requireShares(statement, secrets);
        try (var scope = new Secrets()) {
            // "For rows i = 0..127 (drawn after aad is known): sA_i <- 32B, rA_i <- 32B, rB_i <- 32B."
            var source = draw.knowing(statement.aad()).bulk(Draw.For.PVE, Draw.name("rows"), scope);
            var cipher = new RowCipher(recipient);
            var transcript = statement.challenge();
            var rows = new ArrayList<Row>(Statement.ROWS);
            for (int i = 0; i < Statement.ROWS; i++) {
                var row = Row.make(statement, i, secrets, source, cipher, scope);
                transcript.add(row.sealedSeed).add(row.sealedScalars).add(row.points);
                rows.add(row);
            }
            var challenge = transcript.expand(Statement.CHALLENGE_BYTES);
            var output = rows(rows, challenge);
            return Proof.of(label, recipient, statement, challenge, output);
        }
    }

    private static void requireShares(Statement statement, List<SecretScalar> secrets) {
        if (secrets.size() != statement.size()) {
            throw new IllegalArgumentException(secrets.size() + " shares for " + statement.size() + " keys");
        }
        for (int b = 0; b < secrets.size(); b++) {
            if (!statement.group().multiplyBase(secrets.get(b)).equals(statement.image(b))) {
                throw new IllegalArgumentException("share " + (b + 1) + " does not belong to X_i of its key");
            }
        }
    }

    /**
     * "b_i = 0: sA_i || rA_i || cB_i. b_i = 1: ser(x1_{i,1})||..||ser(x1_{i,B}) || rB_i || cA_i. Unopened randomness
     * is wiped."
     */
    private static byte[] rows(List<Row> rows, byte[] challenge) {
        var pieces = new ArrayList<byte[]>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (Statement.bit(challenge, i)) {
                pieces.addAll(List.of(row.scalars, row.scalarsRandomness, row.sealedSeed));
            } else {
                pieces.addAll(List.of(row.seed, row.seedRandomness, row.sealedScalars));
            }
        }
        return Encoding.concat(pieces.toArray(byte[][]::new));
    }

    /** Both halves of a row; the secrets belong to the scope of the proof. */
    private record Row(
            byte[] seed,
            byte[] seedRandomness,
            byte[] sealedSeed,
            byte[] scalars,
            byte[] scalarsRandomness,
            byte[] sealedScalars,
            byte[] points) {
        static Row make(
                Statement statement, int i, List<SecretScalar> secrets, Draw source, RowCipher cipher, Secrets scope) {
            var sA = scope.keep(source.draw(Draw.For.PVE, Draw.name("sA", i), Statement.SEED_BYTES));
            var rA = scope.keep(source.draw(Draw.For.PVE, Draw.name("rA", i), BYTES));
            var rB = scope.keep(source.draw(Draw.For.PVE, Draw.name("rB", i), BYTES));
            var scalars = scope.keep(new byte[statement.scalarsBytes()]);
            int pointBytes = statement.group().pointBytes();
            var points = new byte[secrets.size() * pointBytes];
            try (var halves = new Secrets()) {
                for (int b = 0; b < secrets.size(); b++) {
                    // "x0_{i,b} = H2S("pve/x0", aad, i, b, sA_i); x1_{i,b} = x_b - x0_{i,b} mod q; X0_{i,b} =
                    // x0_{i,b}*G"
                    var x0 = statement.secretX0(i, b, sA, halves);
                    var x1 = secrets.get(b).in(halves).minus(x0);
                    put(scalars, b, halves.keep(x1.exposeFor(Purpose.SEALING)));
                    put(points, b, statement.encode(statement.group().multiplyBase(x0)));
                }
            }
            // "cA_i = Enc(rsaPk, aad||i||0x00, sA_i; rA_i); cB_i = Enc(rsaPk, aad||i||0x01, ser(x1_{i,1})||..; rB_i)"
            var cA = cipher.encrypt(statement.associated(i, 0), sA, rA);
            var cB = cipher.encrypt(statement.associated(i, 1), scalars, rB);
            return new Row(sA, rA, cA, scalars, rB, cB, points);
        }

        private static void put(byte[] out, int number, byte[] piece) {
            System.arraycopy(piece, 0, out, number * piece.length, piece.length);
        }

        @Override
        public String toString() {
            return "Row[redacted]";
        }
    }
}
