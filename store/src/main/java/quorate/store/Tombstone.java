package quorate.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What remains of a deleted key (protocols.md 5.4).
 *
 * @param player whose deletion it is: this node's, or that of a peer to which it is returned after a restore
 * @param certificate the one with the highest newEpoch that was held, as the node encodes it
 */
public record Tombstone(
        int player, String keyId, Bytes publicKey, Optional<Bytes> certificate, Instant deletedAt) {}
