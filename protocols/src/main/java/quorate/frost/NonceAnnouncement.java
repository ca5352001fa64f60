package quorate.frost;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 1: ctx, D_i, E_i. The points are kept as they were sent, so that ctx is compared before they are looked at. */
record NonceAnnouncement(byte[] ctx, byte[] points) implements Message.Shared {
    private static final int CTX_BYTES = 32;

    static NonceAnnouncement read(Group group, byte[] payload) throws Malformed {
        int bytes = CTX_BYTES + 2 * group.pointBytes();
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new NonceAnnouncement(
                Arrays.copyOf(payload, CTX_BYTES), Arrays.copyOfRange(payload, CTX_BYTES, payload.length));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(ctx, points);
    }

    /** (D_i, E_i), if both decode; then neither is O. */
    Optional<NoncePoints> points(Group group) {
        try {
            return Optional.of(new NoncePoints(
                    group.decodePoint(Arrays.copyOf(points, group.pointBytes())),
                    group.decodePoint(Arrays.copyOfRange(points, group.pointBytes(), points.length))));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
