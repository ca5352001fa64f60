package quorate.presign;

/**
 * How many presignatures may be FREE or in the making (PSG-6).
 *
 * @param perKey at most 10 000, which is what a list of a pool holds
 */
public record Caps(int perKey, int perNode) {
    /** Of protocols.md 0.1. */
    public static final Caps DEFAULT = new Caps(PoolNotice.MAX_IDS, 100_000);

    public Caps {
        if (perKey < 0 || perKey > PoolNotice.MAX_IDS || perNode < 0) {
            throw new IllegalArgumentException("no caps: " + perKey + " per key, " + perNode + " per node");
        }
    }
}
