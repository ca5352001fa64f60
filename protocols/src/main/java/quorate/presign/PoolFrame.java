package quorate.presign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.Encoding;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Proposal;

/**
 * The layout that DROP and POOL share (protocols.md Appendix C): I2OSP(|keyId|,2), keyId, I2OSP(|P|,2), I2OSP(i,2)
 * for each i of P, and the rest. Total: a malformed payload is COM-3, whatever it is.
 */
record PoolFrame(PoolKey pool, byte[] rest) {
    private static final int SHORT = 2;
    private static final int COUNT_BYTES = 4;

    static PoolFrame read(byte[] payload) throws Malformed {
        int keyIdBytes = shortAt(payload, 0);
        int at = SHORT + keyIdBytes;
        int size = shortAt(payload, at);
        if (size > Proposal.MAX_PARTIES) {
            throw new Malformed(Check.COM_3, size + " parties");
        }
        var keyId = PoolKey.text(Arrays.copyOfRange(payload, SHORT, at));
        var parties = new ArrayList<Integer>();
        for (int i = 1; i <= size; i++) {
            parties.add(shortAt(payload, at + i * SHORT));
        }
        try {
            var pool = new PoolKey(keyId.orElse(""), parties);
            return new PoolFrame(pool, Arrays.copyOfRange(payload, at + (1 + size) * SHORT, payload.length));
        } catch (IllegalArgumentException e) {
            throw new Malformed(Check.COM_3, "no key id or no parties");
        }
    }

    private static int shortAt(byte[] payload, int at) throws Malformed {
        if (payload.length < at + SHORT) {
            throw new Malformed(Check.COM_3, "ends inside the name of a pool");
        }
        return (int) Encoding.os2ip(payload, at, SHORT);
    }

    static byte[] header(PoolKey pool) {
        var keyId = pool.keyId().getBytes(StandardCharsets.UTF_8);
        var pieces = new ArrayList<byte[]>();
        pieces.add(Encoding.i2osp(keyId.length, SHORT));
        pieces.add(keyId);
        pieces.add(Encoding.i2osp(pool.parties().size(), SHORT));
        pool.parties().forEach(party -> pieces.add(Encoding.i2osp(party, SHORT)));
        return Encoding.concat(pieces.toArray(byte[][]::new));
    }

    /** I2OSP(count,4) and the ids. */
    static byte[] encode(List<PresignatureId> ids) {
        var encoded = Arrays.copyOf(
                Encoding.i2osp(ids.size(), COUNT_BYTES), COUNT_BYTES + ids.size() * PresignatureId.BYTES);
        int at = COUNT_BYTES;
        for (var id : ids) {
            System.arraycopy(id.bytes(), 0, encoded, at, PresignatureId.BYTES);
            at += PresignatureId.BYTES;
        }
        return encoded;
    }

    static List<PresignatureId> ids(byte[] rest) throws Malformed {
        long count = rest.length < COUNT_BYTES ? -1 : Encoding.os2ip(rest, 0, COUNT_BYTES);
        if (count < 0 || count > PoolNotice.MAX_IDS || rest.length != COUNT_BYTES + count * PresignatureId.BYTES) {
            throw new Malformed(Check.COM_3, "not a list of at most " + PoolNotice.MAX_IDS + " ids");
        }
        var ids = new ArrayList<PresignatureId>((int) count);
        for (int at = COUNT_BYTES; at < rest.length; at += PresignatureId.BYTES) {
            ids.add(PresignatureId.read(rest, at));
        }
        if (!isAscending(ids)) {
            throw new Malformed(Check.COM_3, "ids that do not ascend");
        }
        return ids;
    }

    static void requireAscending(List<PresignatureId> ids) {
        if (ids.size() > PoolNotice.MAX_IDS || !isAscending(ids)) {
            throw new IllegalArgumentException("ids ascend, and are at most " + PoolNotice.MAX_IDS);
        }
    }

    private static boolean isAscending(List<PresignatureId> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
