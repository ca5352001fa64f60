package quorate.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Transcript;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * rec of protocols.md 5.2, the public record of a sharing as one string: ENC(curveId, scheme, keyId, I2OSP(epoch,8),
 * I2OSP(n,2), I2OSP(t,2), ser(pk), cc, ser(A_0)||..||ser(A_t), id_1||..||id_n, attributes). It is sent in private because the
 * chain code is confidential. What a peer sent is only a claim: {@link #sharing} says whether it is the agreed sharing.
 */
public final class KeyRecord implements Message.Private {
    private static final int CURVE_ID = 0;
    private static final int SCHEME = 1;
    private static final int KEY_ID = 2;
    private static final int EPOCH = 3;
    private static final int PLAYERS = 4;
    private static final int DEGREE = 5;
    private static final int PUBLIC_KEY = 6;
    private static final int CHAIN_CODE = 7;
    private static final int COMMITMENT = 8;
    private static final int IDS = 9;
    private static final int ATTRIBUTES = 10;
    private static final int PARTS = 11;
    private static final int ID_BYTES = 32;
    private static final int ROUND = 0;

    private final byte[] bytes;
    private final List<byte[]> parts;

    private KeyRecord(byte[] bytes, List<byte[]> parts) {
        this.bytes = bytes;
        this.parts = parts;
    }

    /**
     * The record of a sharing.
     *
     * @param ids id of every party, by index
     * @param attributes of the key, canonical
     */
    public static KeyRecord of(Sharing sharing, Collection<byte[]> ids, byte[] attributes) {
        var parts = List.of(
                Encoding.i2osp(sharing.group().curveId(), 1),
                Encoding.i2osp(sharing.scheme().code(), 1),
                sharing.keyId(),
                Encoding.i2osp(sharing.epoch(), 8),
                Encoding.i2osp(sharing.players(), 2),
                Encoding.i2osp(sharing.degree(), 2),
                sharing.publicKey().encode(),
                sharing.chainCode(),
                sharing.commitment().encode(),
                Encoding.concat(ids.toArray(byte[][]::new)),
                attributes);
        return new KeyRecord(Encoding.enc(parts.toArray(byte[][]::new)), parts);
    }

    /** COM-3: eleven parts in one canonical string. */
    public static KeyRecord read(byte[] payload) throws Malformed {
        try {
            var parts = Encoding.decode(payload);
            if (parts.size() != PARTS) {
                throw new Malformed(Check.COM_3, "a record of " + parts.size() + " parts, not " + PARTS);
            }
            return new KeyRecord(payload.clone(), List.copyOf(parts));
        } catch (DecodingException e) {
            throw new Malformed(Check.COM_3, "a record that " + e.getMessage());
        }
    }

    @Override
    public byte[] encode() {
        return bytes.clone();
    }

    /** Whether every byte is the same. */
    public boolean isSame(KeyRecord other) {
        return Arrays.equals(bytes, other.bytes);
    }

    /** The attributes of the key, as its nodes agreed on them. */
    public byte[] attributes() {
        return parts.get(ATTRIBUTES).clone();
    }

    /**
     * The sharing, for a party that has nothing but what was agreed and the public key that its operator or its own record
     * says: the list is consistent (A_0 = pk, no O, shareId recomputed), of that key, and of the sharing that was agreed on.
     *
     * @param publicKey ser(pk)
     * @param check what is broken if not
     */
    public Sharing sharing(Agreement agreement, byte[] publicKey, Check check) throws Disagreement {
        require(PUBLIC_KEY, publicKey, check, "another public key than is expected here");
        require(CURVE_ID, Encoding.i2osp(agreement.group().curveId(), 1), check, "another curve");
        require(SCHEME, Encoding.i2osp(agreement.scheme(), 1), check, "another scheme");
        require(KEY_ID, agreement.keyId(), check, "another key id");
        require(EPOCH, Encoding.i2osp(agreement.epoch(), 8), check, "another epoch than was offered");
        require(PLAYERS, Encoding.i2osp(agreement.n(), 2), check, "another number of players");
        require(DEGREE, Encoding.i2osp(agreement.degree(), 2), check, "another threshold");
        require(roster(), agreement.roster(), check, "another roster");
        try {
            var sharing = new Sharing(
                    agreement.keyId(),
                    Scheme.of(agreement.scheme()),
                    agreement.n(),
                    agreement.epoch(),
                    parts.get(CHAIN_CODE),
                    commitment(agreement));
            require(sharing.publicKey().encode(), publicKey, check, "an A_0 that is not the public key");
            require(sharing.shareId(), agreement.shareId(), check, "another sharing than was offered");
            return sharing;
        } catch (DecodingException | UnsoundKey | IllegalArgumentException e) {
            throw differs(check, String.valueOf(e.getMessage()));
        }
    }

    private byte[] roster() {
        var ids = parts.get(IDS);
        var transcript = Transcript.of("roster");
        for (int at = 0; at < ids.length; at += ID_BYTES) {
            transcript.add(Arrays.copyOfRange(ids, at, Math.min(ids.length, at + ID_BYTES)));
        }
        return transcript.hash();
    }

    private PublicPolynomial commitment(Agreement agreement) throws DecodingException {
        var group = agreement.group();
        var encoded = parts.get(COMMITMENT);
        if (encoded.length != (agreement.degree() + 1) * group.pointBytes()) {
            throw new DecodingException("A has " + encoded.length + " bytes");
        }
        var points = new ArrayList<Point>();
        for (int at = 0; at < encoded.length; at += group.pointBytes()) {
            points.add(group.decodePoint(Arrays.copyOfRange(encoded, at, at + group.pointBytes())));
        }
        return new PublicPolynomial(points);
    }

    private void require(int part, byte[] expected, Check check, String otherwise) throws Disagreement {
        require(parts.get(part), expected, check, otherwise);
    }

    private static void require(byte[] said, byte[] expected, Check check, String otherwise) throws Disagreement {
        if (!Arrays.equals(said, expected)) {
            throw differs(check, otherwise);
        }
    }

    private static Disagreement differs(Check check, String how) {
        return new Disagreement(check, ROUND, "the record of the key has " + how);
    }

    @Override
    public String toString() {
        return "KeyRecord[redacted]";
    }
}
