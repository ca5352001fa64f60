package quorate.frost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * Round 1: ctx, then D_i, E_i of each item. The points are kept as they were sent, so that ctx is compared before
 * they are looked at.
 */
record NonceAnnouncement(byte[] ctx, byte[] points) implements Message.Shared {
    private static final int CTX_BYTES = 32;

    static NonceAnnouncement of(byte[] ctx, List<NoncePair> nonces) {
        return new NonceAnnouncement(
                ctx,
                Encoding.concat(nonces.stream().map(pair -> pair.points().encode()).toArray(byte[][]::new)));
    }

    static NonceAnnouncement read(Group group, int items, byte[] payload) throws Malformed {
        int bytes = CTX_BYTES + items * 2 * group.pointBytes();
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

    /** (D_i, E_i) of each item, if all decode; then none is O. */
    Optional<List<NoncePoints>> points(Group group) {
        var decoded = new ArrayList<NoncePoints>();
        try {
            for (int at = 0; at < points.length; at += 2 * group.pointBytes()) {
                decoded.add(NoncePoints.decode(group, points, at));
            }
        } catch (DecodingException e) {
            return Optional.empty();
        }
        return Optional.of(decoded);
    }
}
