package quorate.node.backup;

import java.util.List;
import quorate.api.RecordDrill;
import quorate.store.Database;
import quorate.store.Drill;

/**
 * The drills of which this node was told (product.md 2.1). It saw nothing of them: a record is the word of the
 * administrator whose credential it came with, and changes nothing that the node does.
 */
public final class BackupDrills {
    private static final int SHOWN = 100;

    private final Database database;

    public BackupDrills(Database database) {
        this.database = database;
    }

    /** Keeps it, with who said so. */
    public quorate.api.Drill record(String by, String backupId, RecordDrill said) {
        return shown(database.drills()
                .record(backupId, by, said.ok(), said.keys(), said.signed(), said.detail()));
    }

    /** The last ones, the newest first. */
    List<quorate.api.Drill> latest() {
        return database.drills().latest(SHOWN).stream().map(BackupDrills::shown).toList();
    }

    /** As the API shows it. */
    public static quorate.api.Drill shown(Drill drill) {
        return new quorate.api.Drill(
                drill.backupId(), drill.at(), drill.by(), drill.ok(), drill.keys(), drill.signed(), drill.detail());
    }
}
