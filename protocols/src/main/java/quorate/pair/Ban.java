package quorate.pair;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * BAN (protocols.md 3.6, Appendix C): node i never again uses this state of its pair with node j, because a check
 * failed whose outcome can depend on i's secrets. It is the verdict of one side and proves nothing to third parties;
 * they keep it and give it back to i, who obeys its own signature even if its database has forgotten.
 *
 * @param setup setup_{ij}, the name of the banned state
 * @param by id_i, who bans and signs
 * @param against id_j
 * @param signature of i's statement key over TH("ban", keyId, setup_{ij}, id_i, id_j)
 */
public record Ban(Octets keyId, Octets setup, Octets by, Octets against, Octets signature) {
    private static final int PARTS = 4;
    private static final int LENGTH_BYTES = 4;
    private static final int DIGEST_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int MAX_BODY_BYTES = 2 + PARTS * LENGTH_BYTES + MAX_KEY_ID_BYTES + 3 * DIGEST_BYTES;

    public Ban {
        if (keyId.isEmpty()
                || keyId.length() > MAX_KEY_ID_BYTES
                || setup.length() != DIGEST_BYTES
                || by.length() != DIGEST_BYTES
                || against.length() != DIGEST_BYTES
                || signature.length() != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a ban with a field of a wrong length");
        }
        if (by.equals(against)) {
            throw new IllegalArgumentException("a node has no pair with itself to ban");
        }
    }

    /** The ban of the node with this statement key. */
    public static Ban sign(Octets keyId, Octets setup, Octets by, Octets against, StatementSigner signer) {
        var signature = signer.sign(digest(keyId, setup, by, against));
        return new Ban(keyId, setup, by, against, Octets.of(signature));
    }

    /** TH("ban", keyId, setup_{ij}, id_i, id_j). */
    static byte[] digest(Octets keyId, Octets setup, Octets by, Octets against) {
        return Transcript.of("ban")
                .add(keyId.bytes())
                .add(setup.bytes())
                .add(by.bytes())
                .add(against.bytes())
                .hash();
    }

    /** Whether the holder of this statement key signed it: of the node {@link #by}, says whoever knows the roster. */
    public boolean isSignedBy(byte[] statementKey, StatementVerifier verifier) {
        return verifier.verify(statementKey, digest(keyId, setup, by, against), signature.bytes());
    }

    /**
     * BAN-1: a returned ban is obeyed if and only if it names this node as the one that bans, and carries its own valid
     * signature.
     */
    public boolean binds(Octets ownId, byte[] ownStatementKey, StatementVerifier verifier) {
        return by.equals(ownId) && isSignedBy(ownStatementKey, verifier);
    }

    /** I2OSP(|b|,4), b = ENC(keyId, setup_{ij}, id_i, id_j), sig. */
    public byte[] encode() {
        var body = Encoding.enc(keyId.bytes(), setup.bytes(), by.bytes(), against.bytes());
        return Encoding.concat(Encoding.i2osp(body.length, LENGTH_BYTES), body, signature.bytes());
    }

    /** Total: exactly one BAN, or an error. */
    public static Ban decode(byte[] bytes) throws DecodingException {
        int bodyBytes = bytes.length - LENGTH_BYTES - SIGNATURE_BYTES;
        if (bodyBytes < 0 || bodyBytes > MAX_BODY_BYTES || Encoding.os2ip(bytes, 0, LENGTH_BYTES) != bodyBytes) {
            throw new DecodingException("a ban of " + bytes.length + " bytes");
        }
        int end = LENGTH_BYTES + bodyBytes;
        var parts = Encoding.decode(Arrays.copyOfRange(bytes, LENGTH_BYTES, end));
        if (parts.size() != PARTS) {
            throw new DecodingException("a ban of " + parts.size() + " parts");
        }
        try {
            return new Ban(
                    Octets.of(parts.get(0)),
                    Octets.of(parts.get(1)),
                    Octets.of(parts.get(2)),
                    Octets.of(parts.get(3)),
                    Octets.of(Arrays.copyOfRange(bytes, end, bytes.length)));
        } catch (IllegalArgumentException e) {
            throw new DecodingException(String.valueOf(e.getMessage()));
        }
    }
}
