package quorate.presign;

/**
 * A user's wish, told to every node of P, that a pool be kept filled.
 *
 * @param level how many presignatures, up to the cap of a key
 */
public record StandingOrder(PoolKey pool, Kind kind, int level) {
    public StandingOrder {
        if (level < 1 || level > PoolNotice.MAX_IDS) {
            throw new IllegalArgumentException("a level is 1 to " + PoolNotice.MAX_IDS + ", not " + level);
        }
    }
}
