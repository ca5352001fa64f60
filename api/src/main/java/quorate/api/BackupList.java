package quorate.api;

import java.util.List;

/** The backups that one node has made, and the last drills of which it was told, newest first. */
public record BackupList(int player, List<BackupRecord> backups, List<Drill> drills) {
    public BackupList {
        Require.player("player", player);
        backups = Require.list("backups", backups);
        drills = Require.list("drills", drills);
    }
}
