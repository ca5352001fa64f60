package quorate.presign;

/**
 * What the node knows about the world at this moment. Asked under the lock of the pool: answers come from memory, at
 * once, and never ask the pool.
 */
public interface Surroundings {
    /** Whether the sharing of these presignatures is one that this node offers (protocols.md 5.3). */
    boolean offersSharing(Origin origin);

    /** PSG-2: whether every inc in parts is that of a running process. */
    boolean isCurrent(Origin origin);

    /** Whether a pair inside P is banned for this sharing. */
    boolean hasBannedPair(Origin origin);

    /**
     * Asked before a secret leaves the pool: a place that does not roll back with this node can say that the
     * presignature was used before (protocols.md 15.7). In version 1 there is none.
     */
    default boolean witnesses(PresignatureId id) {
        return true;
    }
}
