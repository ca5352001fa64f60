package quorate.store;

import java.nio.file.Path;

/** The engine's own check of a database file. */
final class Integrity {
    private Integrity() {}

    /** Reads every page; a damaged file is refused with the first finding. */
    static void require(Path database, SqlConnection connection) {
        var finding = connection.outside("PRAGMA integrity_check(1)");
        if (!finding.equals("ok")) {
            throw new Damaged(database + " is damaged: " + finding + "; restore a backup");
        }
        var orphans = connection.outside("PRAGMA foreign_key_check");
        if (!orphans.isEmpty()) {
            throw new Damaged(
                    database + " is damaged: table " + orphans + " has rows without their key; restore a backup");
        }
    }
}
