package quorate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table {@code backup_record}: every backup begun on this node, and the last result of verifying it. */
public final class BackupRecords {
    private final Storage storage;

    BackupRecords(Storage storage) {
        this.storage = storage;
    }

    /** Begins a backup; it is incomplete until {@link #complete}. False: that id was used. */
    public boolean begin(String backupId) {
        return storage.write(t -> t.change(
                        """
                        INSERT OR IGNORE INTO backup_record (backup_id, created_at, state) VALUES (?, ?, 'INCOMPLETE')
                        """,
                        backupId,
                        storage.now())
                == 1);
    }

    /** The file was written, synced, named, read back and checked. False: no incomplete backup has that id. */
    public boolean complete(String backupId, BackupRecord.Content content) {
        return storage.write(t -> t.change(
                        """
                        UPDATE backup_record SET state = 'COMPLETE', digest = ?, size = ?, keys = ?
                        WHERE backup_id = ? AND state = 'INCOMPLETE'
                        """,
                        content.digest(),
                        content.size(),
                        content.keys(),
                        backupId)
                == 1);
    }

    /** Keeps the result of the last verification. False: no such backup. */
    public boolean verified(String backupId, boolean ok, String detail) {
        return storage.write(t -> t.change(
                        "UPDATE backup_record SET verified_at = ?, verified_ok = ?, verified = ? WHERE backup_id = ?",
                        storage.now(),
                        ok,
                        detail,
                        backupId)
                == 1);
    }

    /** All of them, the newest first. */
    public List<BackupRecord> all() {
        return storage.read(t -> t.rows(
                "SELECT * FROM backup_record ORDER BY created_at DESC, backup_id", BackupRecords::backup));
    }

    private static BackupRecord backup(Row row) throws SQLException {
        var digest = row.optionalBytes("digest");
        var content = digest.isPresent()
                ? Optional.of(
                        new BackupRecord.Content(digest.get(), row.number("size"), row.smallNumber("keys")))
                : Optional.<BackupRecord.Content>empty();
        return new BackupRecord(
                row.text("backup_id"),
                row.time("created_at"),
                content,
                verified(row));
    }

    private static Optional<BackupRecord.Finding> verified(Row row) throws SQLException {
        var at = row.optionalTime("verified_at");
        return at.isPresent()
                ? Optional.of(new BackupRecord.Finding(at.get(), row.number("verified_ok") == 1, row.text("verified")))
                : Optional.empty();
    }
}
