package quorate.repair;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.key.Sharing;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * rec of protocols.md 5.2, the public record of a sharing as one string: ENC(curveId, scheme, keyId, I2OSP(epoch,8), I2OSP(n,2), I2OSP(t,2),
 * ser(pk), cc, ser(A_0)||..||ser(A_t), id_1||..||id_n, attributes). It is sent in private because the chain code is confidential.
 *
 * @param bytes the whole string
 * @param parts the same, taken apart
 */
public record KeyRecord(byte[] bytes, List<byte[]> parts) implements Message.Private {
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

    public KeyRecord {
        parts = List.copyOf(parts);
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

    static KeyRecord read(byte[] payload) throws Malformed {
        try {
            var parts = Encoding.decode(payload);
            if (parts.size() != PARTS) {
                throw new Malformed(Check.COM_3, "a record of " + parts.size() + " parts, not " + PARTS);
            }
            return new KeyRecord(payload.clone(), parts);
        } catch (DecodingException e) {
            throw new Malformed(Check.COM_3, "a record that " + e.getMessage());
        }
    }

    @Override
    public byte[] encode() {
        return bytes.clone();
    }

    boolean isSame(KeyRecord other) {
        return Arrays.equals(bytes, other.bytes);
    }

    byte[] curveId() {
        return parts.get(CURVE_ID);
    }

    byte[] scheme() {
        return parts.get(SCHEME);
    }

    byte[] keyId() {
        return parts.get(KEY_ID);
    }

    byte[] epoch() {
        return parts.get(EPOCH);
    }

    byte[] players() {
        return parts.get(PLAYERS);
    }

    byte[] degree() {
        return parts.get(DEGREE);
    }

    byte[] publicKey() {
        return parts.get(PUBLIC_KEY);
    }

    byte[] chainCode() {
        return parts.get(CHAIN_CODE);
    }

    byte[] commitment() {
        return parts.get(COMMITMENT);
    }

    byte[] ids() {
        return parts.get(IDS);
    }

    /** The attributes of the key, as its nodes agreed on them. */
    public byte[] attributes() {
        return parts.get(ATTRIBUTES);
    }
}
