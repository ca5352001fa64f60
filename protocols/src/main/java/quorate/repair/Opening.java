package quorate.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * Round 2 of a helper, broadcast: D1, Dl_{i,j} for j in H ascending, blind_i. Points are kept as they were sent, so that
 * the checks run in the order of the protocol and over everybody.
 *
 * @param echo D1 as its sender computed it
 * @param points ser(Dl_{i,j}) for j in H, one after the other
 */
record Opening(byte[] echo, byte[] points, byte[] blind) implements Message.Shared {
    private static final int ECHO_BYTES = 32;

    static Opening of(byte[] echo, List<Point> points, byte[] blind) {
        return new Opening(echo, Encoding.concat(encoded(points)), blind);
    }

    /** x of Commit: ENC({ser(Dl_{i,j})}_{j in H}). */
    static byte[] committed(List<Point> points) {
        return Encoding.enc(encoded(points));
    }

    private static byte[][] encoded(List<Point> points) {
        return points.stream().map(Point::encode).toArray(byte[][]::new);
    }

    /** Cuts the fields of fixed length off both ends; what is between them are the points, however many. */
    static Opening read(byte[] payload) throws Malformed {
        int blind = payload.length - HashCommitment.BLIND_BYTES;
        if (blind < ECHO_BYTES) {
            throw new Malformed(Check.REP_5, payload.length + " bytes hold no points");
        }
        return new Opening(
                Arrays.copyOf(payload, ECHO_BYTES),
                Arrays.copyOfRange(payload, ECHO_BYTES, blind),
                Arrays.copyOfRange(payload, blind, payload.length));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(echo, points, blind);
    }

    boolean hasPoints(int count, Group group) {
        return points.length == count * group.pointBytes();
    }

    /** The points, if every one decodes; then none of them is O. */
    Optional<List<Point>> points(Group group) {
        var decoded = new ArrayList<Point>();
        try {
            for (int at = 0; at < points.length; at += group.pointBytes()) {
                decoded.add(group.decodePoint(Arrays.copyOfRange(points, at, at + group.pointBytes())));
            }
            return Optional.of(List.copyOf(decoded));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
