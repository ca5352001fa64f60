package quorate.recovery;

import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.rsa.RsaRecipient;

/**
 * One node's part of recovery data: "pve = ENC(label, SPKI DER, ser(Q_1)||..||ser(Q_B), chal, row_0||..||row_127)"
 * (protocols.md
 * 8.2). An instance is well formed, in the one encoding that it has: it names a strong RSA key, its Q are the X_i of
 * its own
 * label, and it has 128 rows of the right length. Whether it is true is for {@link Verifier} to say.
 */
public final class Proof {
    /** No proof is longer: 100 keys of 32 players, RSA-4096. */
    public static final int LARGEST_BYTES = 1 << 20;

    private static final int PARTS = 5;
    private static final String SELF = "proof";

    private final byte[] bytes;
    private final Label label;
    private final RsaRecipient recipient;
    private final Statement statement;
    private final byte[] challenge;
    private final byte[] rows;

    private Proof(
            byte[] bytes, Label label, RsaRecipient recipient, Statement statement, byte[] challenge, byte[] rows) {
        this.bytes = bytes;
        this.label = label;
        this.recipient = recipient;
        this.statement = statement;
        this.challenge = challenge;
        this.rows = rows;
    }

    /** A proof from its pieces. */
    static Proof of(Label label, RsaRecipient recipient, Statement statement, byte[] challenge, byte[] rows) {
        var bytes = Encoding.enc(label.encode(), recipient.spki(), statement.encodedImages(), challenge, rows);
        return new Proof(bytes, label, recipient, statement, challenge, rows);
    }

    /**
     * Reads a part.
     *
     * @throws RecoveryRefused PVE-1 or PVE-2, saying what is malformed
     */
    public static Proof decode(byte[] bytes) throws RecoveryRefused {
        var parts = parts(bytes);
        var label = Label.decode(parts.get(0));
        var recipient = recipient(parts.get(1));
        var statement = new Statement(parts.get(0), recipient.fingerprint(), label.images());
        if (!Arrays.equals(parts.get(2), statement.encodedImages())) {
            throw RecoveryRefused.by(ProofCheck.PVE_1, "Q", "not the public shares of party " + label.index());
        }
        var challenge = parts.get(3);
        var rows = parts.get(4);
        if (challenge.length != Statement.CHALLENGE_BYTES) {
            throw RecoveryRefused.by(ProofCheck.PVE_2, "challenge", "it has " + challenge.length + " bytes");
        }
        int rowBytes = rowBytes(recipient, statement);
        if (rows.length != Statement.ROWS * rowBytes) {
            throw RecoveryRefused.by(
                    ProofCheck.PVE_2,
                    "rows",
                    rows.length + " bytes, not " + Statement.ROWS + " rows of " + rowBytes + " bytes");
        }
        return new Proof(bytes.clone(), label, recipient, statement, challenge, rows);
    }

    private static List<byte[]> parts(byte[] bytes) throws RecoveryRefused {
        if (bytes.length > LARGEST_BYTES) {
            throw RecoveryRefused.by(ProofCheck.PVE_2, SELF, "it has " + bytes.length + " bytes");
        }
        try {
            var parts = Encoding.decode(bytes);
            if (parts.size() != PARTS) {
                throw RecoveryRefused.by(ProofCheck.PVE_2, SELF, "it has " + parts.size() + " parts");
            }
            return parts;
        } catch (DecodingException e) {
            throw RecoveryRefused.by(ProofCheck.PVE_2, SELF, String.valueOf(e.getMessage()));
        }
    }

    private static RsaRecipient recipient(byte[] spki) throws RecoveryRefused {
        try {
            return RsaRecipient.of(spki);
        } catch (IllegalArgumentException e) {
            throw RecoveryRefused.by(ProofCheck.PVE_1, "SPKI", String.valueOf(e.getMessage()));
        }
    }

    /** "Every row has |N| + sl*B + 80 bytes, whatever its bit" (protocols.md 8.5). */
    static int rowBytes(RsaRecipient recipient, Statement statement) {
        return Statement.SEED_BYTES + RowCipher.RHO_BYTES + RowCipher.bytes(recipient, statement.scalarsBytes());
    }

    public Label label() {
        return label;
    }

    public RsaRecipient recipient() {
        return recipient;
    }

    /** As it is sent and stored. */
    public byte[] encode() {
        return bytes.clone();
    }

    Statement statement() {
        return statement;
    }

    byte[] challenge() {
        return challenge.clone();
    }

    /** b_i. */
    boolean bit(int row) {
        return Statement.bit(challenge, row);
    }

    /**
     * b_i = 0: sA_i || rA_i || cB_i. b_i = 1: ser(x1_{i,1})||..||ser(x1_{i,B}) || rB_i || cA_i.
     *
     * @param opened the plain text of the half that is opened
     * @param rho its randomness
     * @param sealed the ciphertext of the other half
     */
    record Row(byte[] opened, byte[] rho, byte[] sealed) {}

    Row row(int number) {
        int rowBytes = rowBytes(recipient, statement);
        int from = number * rowBytes;
        int opened = from + (bit(number) ? statement.scalarsBytes() : Statement.SEED_BYTES);
        int rho = opened + RowCipher.RHO_BYTES;
        return new Row(
                Arrays.copyOfRange(rows, from, opened),
                Arrays.copyOfRange(rows, opened, rho),
                Arrays.copyOfRange(rows, rho, from + rowBytes));
    }

    @Override
    public String toString() {
        return "Proof[party " + label.index() + " of " + label.keys() + "]";
    }
}
