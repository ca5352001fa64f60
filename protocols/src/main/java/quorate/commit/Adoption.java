package quorate.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * One node's approval of {@code key adopt} (protocols.md 5.4, ADOPT of Appendix C): an older sharing is to
 * be revived and newer ones given up.
 *
 * @param keyId 1 to 64 bytes
 * @param shareId the sharing to revive
 * @param abandoned the sharings given up, ascending
 * @param opId of the request, 32 bytes
 * @param signer the party that approves, role 0
 */
public record Adoption(
        Octets keyId, Octets shareId, List<Octets> abandoned, Octets opId, Seat signer, Octets signature) {
    private static final int NAME_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int MAX_ABANDONED = 64;
    private static final int PARTS = 5;
    private static final int MAX_BYTES = 4096;

    public Adoption {
        abandoned = List.copyOf(abandoned);
        require(!keyId.isEmpty() && keyId.length() <= MAX_KEY_ID_BYTES, "keyId of " + keyId.length() + " bytes");
        require(shareId.length() == NAME_BYTES && opId.length() == NAME_BYTES, "shareId and opId have 32 bytes");
        require(!abandoned.isEmpty() && abandoned.size() <= MAX_ABANDONED, abandoned.size() + " abandoned sharings");
        require(abandoned.stream().allMatch(name -> name.length() == NAME_BYTES), "a shareId has 32 bytes");
        require(List.copyOf(new TreeSet<>(abandoned)).equals(abandoned), "abandoned sharings not ascending");
        require(!abandoned.contains(shareId), "a sharing both revived and abandoned");
        require(signer.role() == 0, signer + " approves nothing");
        require(signature.length() == SIGNATURE_BYTES, "a signature has 64 bytes");
    }

    private static void require(boolean condition, String flaw) {
        if (!condition) {
            throw new IllegalArgumentException(flaw);
        }
    }

    /** This node's approval, once its operator has given one. */
    public static Adoption sign(
            Octets keyId, Octets shareId, List<Octets> abandoned, Octets opId, int index, StatementSigner signer) {
        var sorted = List.copyOf(new TreeSet<>(abandoned));
        var seat = new Seat(0, index);
        var signature = signer.sign(digest(body(keyId, shareId, sorted, opId, seat)));
        return new Adoption(keyId, shareId, sorted, opId, seat, Octets.of(signature));
    }

    public boolean isAuthentic(byte[] statementKey, StatementVerifier verifier) {
        return verifier.verify(
                statementKey, digest(body(keyId, shareId, abandoned, opId, signer)), signature.bytes());
    }

    /** The same decision, by whomever. */
    boolean agreesWith(Adoption other) {
        return keyId.equals(other.keyId)
                && shareId.equals(other.shareId)
                && abandoned.equals(other.abandoned)
                && opId.equals(other.opId);
    }

    private static byte[] digest(byte[] body) {
        return Transcript.of("2pc/adopt").add(body).hash();
    }

    private static byte[] body(Octets keyId, Octets shareId, List<Octets> abandoned, Octets opId, Seat signer) {
        var names = Encoding.concat(abandoned.stream().map(Octets::bytes).toArray(byte[][]::new));
        return Encoding.enc(keyId.bytes(), shareId.bytes(), names, opId.bytes(), signer.encode());
    }

    public byte[] encode() {
        var body = body(keyId, shareId, abandoned, opId, signer);
        return Encoding.concat(Encoding.i2osp(body.length, 4), body, signature.bytes());
    }

    /** Total: exactly one ADOPT, or an error. */
    public static Adoption decode(byte[] bytes) throws DecodingException {
        if (bytes.length > MAX_BYTES) {
            throw new DecodingException("ADOPT of " + bytes.length + " bytes");
        }
        var cursor = new Cursor(bytes);
        var parts = Encoding.decode(cursor.take(cursor.number(4)));
        var signature = cursor.take(SIGNATURE_BYTES);
        cursor.end();
        if (parts.size() != PARTS || parts.get(2).length % NAME_BYTES != 0) {
            throw new DecodingException("ADOPT of " + parts.size() + " parts");
        }
        var abandoned = new ArrayList<Octets>();
        for (int at = 0; at < parts.get(2).length; at += NAME_BYTES) {
            abandoned.add(Octets.of(Arrays.copyOfRange(parts.get(2), at, at + NAME_BYTES)));
        }
        try {
            return new Adoption(
                    Octets.of(parts.get(0)),
                    Octets.of(parts.get(1)),
                    abandoned,
                    Octets.of(parts.get(3)),
                    Seat.decode(parts.get(4)),
                    Octets.of(signature));
        } catch (IllegalArgumentException e) {
            // The constructors check the same rules for our own statements; here the flaw is a peer's.
            throw new DecodingException("no ADOPT: " + e.getMessage());
        }
    }
}
