package quorate.presign;

import java.util.List;
import quorate.rounds.Refused;

/**
 * PSG-6: places for the presignatures of one session, taken before its round 1, so that no session ends with more
 * than there may be. Closing it gives back what was not filled.
 */
public final class Reservation implements AutoCloseable {
    private final PresignaturePool owner;
    private final PoolKey pool;
    private final long jumps;
    private int left;

    Reservation(PresignaturePool owner, PoolKey pool, int places, long jumps) {
        this.owner = owner;
        this.pool = pool;
        this.left = places;
        this.jumps = jumps;
    }

    /**
     * Puts a complete batch of a completed session into the pool: all of it or, if that is refused, none.
     *
     * @throws Refused if the batch cannot be FREE any more; all of it is wiped
     * @throws IllegalArgumentException if it is of another pool or larger than what is left here; all of it is wiped
     */
    public void fill(List<? extends Presignature<?>> batch) throws Refused {
        owner.insert(this, batch);
    }

    @Override
    public void close() {
        owner.release(this);
    }

    PoolKey pool() {
        return pool;
    }

    /** How often the clock had jumped when the places were taken. */
    long jumps() {
        return jumps;
    }

    /** Guarded by the lock of the pool. */
    int left() {
        return left;
    }

    /** Guarded by the lock of the pool. */
    void use(int places) {
        left -= places;
    }
}
