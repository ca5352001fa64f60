package quorate.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What this node knows of one of its backups (product.md 2.1).
 *
 * @param content of a complete backup; empty while it is incomplete
 */
public record BackupRecord(
        String backupId,
        Instant createdAt,
        Optional<Content> content,
        Optional<Finding> verified) {

    /** A backup exists only after its file was read back and checked. */
    public boolean isComplete() {
        return content.isPresent();
    }

    /**
     * What a complete backup holds.
     *
     * @param digest SHA-256 of the file
     * @param size of the file in bytes
     */
    public record Content(Bytes digest, long size, int keys) {}

    /** What a verification found. */
    public record Finding(Instant at, boolean ok, String detail) {}
}
