package quorate.store;

import java.time.Instant;

/**
 * Whose database this is.
 *
 * @param name player and node id
 * @param dbi incarnation of the database (protocols.md 15.1), 32 bytes
 * @param startNo number of starts so far, this one included
 * @param masterKeyFingerprint of the master key that opens it
 * @param derivation how that master key comes about
 */
public record NodeRecord(
        NodeName name,
        Bytes dbi,
        long startNo,
        String masterKeyFingerprint,
        KeyDerivation derivation,
        Instant createdAt) {}
