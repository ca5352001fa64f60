package quorate.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A sharing as it stands on this node.
 *
 * @param opId operation that made it; empty if it was repaired or restored
 */
public record StoredSharing(String keyId, Sharing sharing, Role role, Optional<Bytes> opId, Instant storedAt) {}
