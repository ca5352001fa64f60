package quorate.presign;

import java.time.Instant;
import java.util.List;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;

/** The session that a batch of presignatures came from. One object for the whole batch; equal only to itself. */
public final class Origin {
    private final Kind kind;
    private final PoolKey pool;
    private final byte[] shareId;
    private final List<Entry> parts;
    private final Instant time;

    private Origin(Kind kind, PoolKey pool, byte[] shareId, List<Entry> parts, Instant time) {
        this.kind = kind;
        this.pool = pool;
        this.shareId = shareId.clone();
        this.parts = List.copyOf(parts);
        this.time = time;
    }

    /**
     * The session that ran under this agreement.
     *
     * @param time when it began
     */
    public static Origin of(Kind kind, Agreement agreement, Instant time) {
        var pool = PoolKey.of(PoolKey.keyId(agreement.keyId()), agreement.parties());
        return new Origin(kind, pool, agreement.shareId(), agreement.participants(), time);
    }

    public Kind kind() {
        return kind;
    }

    /** keyId and P. */
    public PoolKey pool() {
        return pool;
    }

    /** The sharing that the presignatures belong to. */
    public byte[] shareId() {
        return shareId.clone();
    }

    /** The participants, each with the inc of the process that took part. */
    public List<Entry> parts() {
        return parts;
    }

    /** When the session began: age counts from here. */
    public Instant time() {
        return time;
    }

    @Override
    public String toString() {
        return kind + " of " + pool;
    }
}
