package quorate.node.backup;

import java.time.Instant;

/** What a backup file says of itself, in short. */
public record BackupSummary(
        String backupId, int player, Instant createdAt, String masterKey, String software, int keys) {
    static BackupSummary of(BackupManifest manifest) {
        return new BackupSummary(
                manifest.backupId(),
                manifest.player(),
                Instant.parse(manifest.createdAt()),
                manifest.masterKey(),
                manifest.software(),
                manifest.keyCount());
    }
}
