package quorate.repair;

import java.util.ArrayList;
import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;

/**
 * REP-1 at the target, which has nothing but what was agreed and the public key that its operator or its own record
 * says: the record must be of that key, and of the sharing that the helpers offered.
 */
final class RecordReading {
    private static final int ID_BYTES = 32;

    private final Agreement agreement;
    private final KeyRecord record;

    private RecordReading(Agreement agreement, KeyRecord record) {
        this.agreement = agreement;
        this.record = record;
    }

    /** @param publicKey ser(pk) as the target knows it */
    static Sharing of(KeyRecord record, Agreement agreement, byte[] publicKey) throws Disagreement {
        return new RecordReading(agreement, record).sharing(publicKey);
    }

    private Sharing sharing(byte[] publicKey) throws Disagreement {
        require(record.publicKey(), publicKey, "another public key than this node expects");
        require(record.curveId(), Encoding.i2osp(agreement.group().curveId(), 1), "another curve");
        require(record.scheme(), Encoding.i2osp(agreement.scheme(), 1), "another scheme");
        require(record.keyId(), agreement.keyId(), "another key id");
        require(record.epoch(), Encoding.i2osp(agreement.epoch(), 8), "another epoch than was offered");
        require(record.players(), Encoding.i2osp(agreement.n(), 2), "another number of players");
        require(record.degree(), Encoding.i2osp(agreement.degree(), 2), "another threshold");
        require(roster(), agreement.roster(), "another roster");
        try {
            var sharing = new Sharing(
                    record.keyId(),
                    Scheme.of(agreement.scheme()),
                    agreement.n(),
                    agreement.epoch(),
                    record.chainCode(),
                    commitment());
            require(sharing.publicKey().encode(), publicKey, "an A_0 that is not the public key");
            require(sharing.shareId(), agreement.shareId(), "another sharing than was offered");
            return sharing;
        } catch (DecodingException | UnsoundKey | IllegalArgumentException e) {
            throw differs(String.valueOf(e.getMessage()));
        }
    }

    private byte[] roster() {
        var ids = record.ids();
        var transcript = Transcript.of("roster");
        for (int at = 0; at < ids.length; at += ID_BYTES) {
            transcript.add(Arrays.copyOfRange(ids, at, Math.min(ids.length, at + ID_BYTES)));
        }
        return transcript.hash();
    }

    private PublicPolynomial commitment() throws DecodingException {
        var group = agreement.group();
        var encoded = record.commitment();
        if (encoded.length != (agreement.degree() + 1) * group.pointBytes()) {
            throw new DecodingException("A has " + encoded.length + " bytes");
        }
        var points = new ArrayList<Point>();
        for (int at = 0; at < encoded.length; at += group.pointBytes()) {
            points.add(group.decodePoint(Arrays.copyOfRange(encoded, at, at + group.pointBytes())));
        }
        return new PublicPolynomial(points);
    }

    private static void require(byte[] said, byte[] expected, String otherwise) throws Disagreement {
        if (!Arrays.equals(said, expected)) {
            throw differs(otherwise);
        }
    }

    private static Disagreement differs(String how) {
        return new Disagreement(Check.REP_1, 0, "the record of the helpers has " + how);
    }
}
