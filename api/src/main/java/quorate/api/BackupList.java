package quorate.api;

import java.util.List;

/** The backups that one node has made, newest first. */
public record BackupList(int player, List<BackupRecord> backups) {
    public BackupList {
        Require.player("player", player);
        backups = Require.list("backups", backups);
    }
}
