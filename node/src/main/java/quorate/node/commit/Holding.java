package quorate.node.commit;

import java.util.ArrayList;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;

/**
 * What a node says of its ACTIVE sharing of a key, so that whoever holds an older one is found before it is needed
 * (protocols.md 5.4, Stale). Only a hint: what counts is proved by statements.
 */
record Holding(Octets keyId, long epoch, Octets shareId) {
    /** In one frame. */
    static final int MOST = 1000;

    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int SHARE_ID_BYTES = 32;
    private static final int FIELDS = 3;

    static Holding of(Sharings.Held held) {
        return new Holding(Records.key(held.keyId()), held.epoch(), held.shareId());
    }

    static byte[] encode(List<Holding> holdings) {
        return Encoding.enc(holdings.stream()
                .map(holding -> Encoding.enc(
                        holding.keyId.bytes(),
                        Encoding.i2osp(holding.epoch, Long.BYTES),
                        holding.shareId.bytes()))
                .toArray(byte[][]::new));
    }

    /** Total. */
    static List<Holding> decode(byte[] bytes) throws DecodingException {
        var holdings = new ArrayList<Holding>();
        for (var part : Encoding.decode(bytes)) {
            var fields = Encoding.decode(part);
            boolean formed = fields.size() == FIELDS
                    && fields.get(0).length >= 1
                    && fields.get(0).length <= MAX_KEY_ID_BYTES
                    && fields.get(1).length == Long.BYTES
                    && fields.get(2).length == SHARE_ID_BYTES;
            if (!formed || holdings.size() == MOST) {
                throw new DecodingException("no list of sharings");
            }
            holdings.add(new Holding(
                    Octets.of(fields.get(0)),
                    Encoding.os2ip(fields.get(1), 0, Long.BYTES),
                    Octets.of(fields.get(2))));
        }
        return holdings;
    }
}
