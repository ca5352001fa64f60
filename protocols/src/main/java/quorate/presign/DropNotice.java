package quorate.presign;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import quorate.algebra.Encoding;
import quorate.rounds.Malformed;

/**
 * DROP of protocols.md 15.4 and Appendix C: whoever drops presignatures tells the others of P.
 *
 * @param ids ascending, distinct, at most {@link PoolNotice#MAX_IDS}
 */
public record DropNotice(PoolKey pool, List<PresignatureId> ids) {
    public DropNotice {
        ids = List.copyOf(ids);
        PoolFrame.requireAscending(ids);
    }

    static DropNotice of(PoolKey pool, Collection<PresignatureId> ids) {
        return new DropNotice(pool, List.copyOf(new TreeSet<>(ids)));
    }

    /** Reads what {@link #encode} writes, and nothing else. */
    public static DropNotice read(byte[] payload) throws Malformed {
        var frame = PoolFrame.read(payload);
        return new DropNotice(frame.pool(), PoolFrame.ids(frame.rest()));
    }

    public byte[] encode() {
        return Encoding.concat(PoolFrame.header(pool), PoolFrame.encode(ids));
    }
}
