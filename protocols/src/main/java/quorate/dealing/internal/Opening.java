package quorate.dealing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.algebra.Possession;
import quorate.algebra.PublicPolynomial;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * Round 2, broadcast: D1, the points, of a new key cc_i, blind_i, the proof. Points and proof are kept as they were sent, so
 * that the checks run in the order of the protocol and over everybody.
 *
 * @param echo D1 as its sender computed it
 * @param points ser(A_i0) || .. || ser(A_it)
 * @param chainCode cc_i; empty where the key has its chain code already
 * @param proof ser(K) || ser(z)
 */
public record Opening(byte[] echo, byte[] points, byte[] chainCode, byte[] blind, byte[] proof)
        implements Message.Shared {
    private static final int ECHO_BYTES = 32;

    /** Cuts the fields of fixed length off both ends; what is between them are the points, however many. */
    public static Opening read(Dealing dealing, byte[] payload) throws Malformed {
        int proof = payload.length - Possession.bytes(dealing.group());
        int blind = proof - HashCommitment.BLIND_BYTES;
        int chainCode = blind - dealing.chainCodeBytes();
        if (chainCode < ECHO_BYTES) {
            throw new Malformed(dealing.count(), payload.length + " bytes hold no points");
        }
        return new Opening(
                Arrays.copyOf(payload, ECHO_BYTES),
                Arrays.copyOfRange(payload, ECHO_BYTES, chainCode),
                Arrays.copyOfRange(payload, chainCode, blind),
                Arrays.copyOfRange(payload, blind, proof),
                Arrays.copyOfRange(payload, proof, payload.length));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(echo, points, chainCode, blind, proof);
    }

    /** Whether there are this many points. */
    boolean hasPoints(int count, Group group) {
        return points.length == count * group.pointBytes();
    }

    /** A_i, if every point decodes; then none of them is O. */
    Optional<PublicPolynomial> commitment(Group group) {
        var coefficients = new ArrayList<Point>();
        try {
            for (var encoded : split(group)) {
                coefficients.add(group.decodePoint(encoded));
            }
            return Optional.of(new PublicPolynomial(coefficients));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    /** Whether this is what {@code announcement} committed to. */
    boolean opens(Announcement announcement, Dealing dealing, int party) {
        var committed = Contribution.committed(split(dealing.group()), chainCode);
        return HashCommitment.opens(
                announcement.commitment(), Contribution.COMMITMENT, dealing.ctx(), party, committed, blind);
    }

    /** PoK: the proof decodes and holds for D1, this party and the first point. */
    boolean proves(byte[] d1, int party, Point image) {
        try {
            return Possession.decode(image.group(), proof).verify(d1, party, image);
        } catch (DecodingException e) {
            return false;
        }
    }

    private List<byte[]> split(Group group) {
        var encoded = new ArrayList<byte[]>();
        for (int at = 0; at < points.length; at += group.pointBytes()) {
            encoded.add(Arrays.copyOfRange(points, at, at + group.pointBytes()));
        }
        return encoded;
    }
}
