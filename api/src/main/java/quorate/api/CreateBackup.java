package quorate.api;

/** Stream a backup; the caller chooses the id, the same for all nodes. */
public record CreateBackup(String backupId) {
    public CreateBackup {
        Require.backupId("backupId", backupId);
    }
}
