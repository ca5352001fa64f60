package quorate.presign;

import java.util.List;
import quorate.algebra.Encoding;
import quorate.rounds.Malformed;

/**
 * POOL of protocols.md 15.4 and Appendix C: what one party holds FREE of a pool. First the digests are compared; only
 * where they differ the lists are. The two are told apart by their length.
 */
public sealed interface PoolNotice {
    /** How many ids a list has at most. */
    int MAX_IDS = 10_000;

    PoolKey pool();

    byte[] encode();

    /** TH("pool", ids ascending). */
    record Digest(PoolKey pool, byte[] digest) implements PoolNotice {
        static final int BYTES = 32;

        public Digest {
            if (digest.length != BYTES) {
                throw new IllegalArgumentException("a digest has " + BYTES + " bytes");
            }
            digest = digest.clone();
        }

        @Override
        public byte[] digest() {
            return digest.clone();
        }

        @Override
        public byte[] encode() {
            return Encoding.concat(PoolFrame.header(pool), digest);
        }
    }

    /** The ids themselves, ascending. */
    record Listing(PoolKey pool, List<PresignatureId> ids) implements PoolNotice {
        public Listing {
            ids = List.copyOf(ids);
            PoolFrame.requireAscending(ids);
        }

        @Override
        public byte[] encode() {
            return Encoding.concat(PoolFrame.header(pool), PoolFrame.encode(ids));
        }
    }

    /** Reads what {@link #encode} writes, and nothing else. */
    static PoolNotice read(byte[] payload) throws Malformed {
        var frame = PoolFrame.read(payload);
        return frame.rest().length == Digest.BYTES
                ? new Digest(frame.pool(), frame.rest())
                : new Listing(frame.pool(), PoolFrame.ids(frame.rest()));
    }
}
