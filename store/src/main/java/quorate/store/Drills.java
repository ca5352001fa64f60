package quorate.store;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The table {@code drill}, append-only. */
public final class Drills {
    private static final String COLUMNS = "backup_id, recorded_at, recorded_by, ok, keys, signed, detail";

    private final Storage storage;

    Drills(Storage storage) {
        this.storage = storage;
    }

    /** Keeps the result of a drill; durable when it returns. */
    public Drill record(String backupId, String by, boolean ok, int keys, int signed, String detail) {
        // As the database keeps it.
        var now = storage.now().truncatedTo(ChronoUnit.MILLIS);
        storage.write(t -> t.change(
                "INSERT INTO drill (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
                backupId,
                now,
                by,
                ok,
                keys,
                signed,
                detail));
        return new Drill(backupId, now, by, ok, keys, signed, detail);
    }

    /** The last so many, the newest first. */
    public List<Drill> latest(int limit) {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM drill ORDER BY number DESC LIMIT ?", Drills::drill, limit));
    }

    /** The last one, if there ever was one. */
    public Optional<Drill> last() {
        return latest(1).stream().findFirst();
    }

    private static Drill drill(Row row) throws SQLException {
        return new Drill(
                row.text("backup_id"),
                row.time("recorded_at"),
                row.text("recorded_by"),
                row.number("ok") == 1,
                row.smallNumber("keys"),
                row.smallNumber("signed"),
                row.text("detail"));
    }
}
