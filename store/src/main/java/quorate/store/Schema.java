package quorate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that a database consists of, as the SQL that made it. A file from elsewhere must have exactly what this
 * software creates: a view or a trigger in place of a table would be somebody else's code in our queries.
 */
record Schema(List<Piece> pieces) {
    /** A table, index, trigger or view; {@code sql} is empty for an index that a constraint made. */
    record Piece(String type, String name, String table, String sql) {
        @Override
        public String toString() {
            return type + " " + name;
        }
    }

    /** Which migrations were applied. The version is read from it, so it is checked before that. */
    private static final String HISTORY = "flyway_schema_history";

    private static final Map<SchemaVersion, Schema> MADE = new ConcurrentHashMap<>();

    Schema {
        pieces = List.copyOf(pieces);
    }

    /** What the file says that it consists of; none of it is used for that. A longer list than any of ours is cut. */
    static Schema of(SqlConnection connection) {
        return connection.read(transaction -> new Schema(transaction.rows(
                """
                SELECT type, substr(name, 1, 200) AS name, substr(tbl_name, 1, 200) AS tbl_name,
                    substr(coalesce(sql, ''), 1, 20000) AS sql
                FROM sqlite_schema ORDER BY type, name, tbl_name LIMIT 500
                """,
                row -> new Piece(
                        row.text("type"),
                        row.text("name"),
                        row.text("tbl_name"),
                        row.text("sql").strip().replaceAll("\\s+", " ")))));
    }

    /** What this software makes of a new database of that version: made once, in a file that is gone afterwards. */
    static Schema at(SchemaVersion version) {
        return MADE.computeIfAbsent(version, Schema::make);
    }

    private static Schema make(SchemaVersion version) {
        try {
            var folder = Files.createTempDirectory("quorate-schema-");
            var file = folder.resolve("empty.db");
            try {
                FilePermissions.createFile(file);
                Migrations.migrate(file, version);
                try (var connection = Sqlite.SNAPSHOT.open(file)) {
                    return of(connection);
                }
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new StorageFailed("make an empty database to compare with", e);
        }
    }

    /**
     * Whether the version can be read safely.
     *
     * @throws ForeignDatabase if there is none
     * @throws Damaged if it is kept in anything but the table that this software creates
     */
    void requireHistory(Path file) {
        var kept = history();
        if (kept.pieces.isEmpty()) {
            throw new ForeignDatabase(file, "has no schema version");
        }
        kept.requireSame(file, at(SchemaVersion.current()).history());
    }

    private Schema history() {
        return new Schema(pieces.stream()
                .filter(piece -> piece.name.equalsIgnoreCase(HISTORY) || piece.table.equalsIgnoreCase(HISTORY))
                .toList());
    }

    /** Refuses what is not {@code made}, and names the first thing that differs. */
    void requireSame(Path file, Schema made) {
        if (equals(made)) {
            return;
        }
        var foreign = new ArrayList<>(pieces);
        made.pieces.forEach(foreign::remove);
        var missing = new ArrayList<>(made.pieces);
        pieces.forEach(missing::remove);
        throw new Damaged(file + " is not built as this software builds its databases: "
                + (foreign.isEmpty() ? "it lacks " + missing.getFirst() : "it has another " + foreign.getFirst()));
    }
}
