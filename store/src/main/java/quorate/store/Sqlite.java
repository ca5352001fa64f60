package quorate.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/**
 * How a database file is opened. Settings on which safety rests are set, then read back; a start without them is
 * refused (PSG-3, protocols.md 15.2).
 */
enum Sqlite {
    /** The one connection that changes something. */
    WRITER("mode=rw"),
    /** Sees the live database, changes nothing. */
    READER("mode=rw"),
    /** Copies the live database: the engine refuses to let it change a thing, so it needs no rule of its own. */
    COPIER("mode=ro"),
    /** A file that nobody writes, such as a snapshot: no lock, no log, no side file. */
    SNAPSHOT("immutable=1");

    private static final String BUSY_MILLIS = "5000";

    /** Set on every connection: what is refused, kept, and overwritten. */
    private static final Map<String, String> ALWAYS = Map.of(
            "busy_timeout", BUSY_MILLIS,
            "foreign_keys", "1",
            "trusted_schema", "0",
            "cell_size_check", "1");

    /** Every commit reaches the disk before it returns; what is deleted is overwritten. */
    private static final Map<String, String> WHEN_WRITING = Map.of(
            "journal_mode", "wal",
            "synchronous", "2",
            "fullfsync", "1",
            "secure_delete", "1",
            "temp_store", "2");

    private final String parameter;

    Sqlite(String parameter) {
        this.parameter = parameter;
    }

    /** Opens a file that exists; a missing one is never created. */
    SqlConnection open(Path file) {
        try {
            var connection = new SqlConnection(file.toString(), DriverManager.getConnection(url(file)));
            try {
                configure(connection);
            } catch (StoreException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code) {
                throw new Damaged(file + " is not a database", e);
            }
            throw new StorageFailed("open " + file, e);
        }
    }

    /** The address for JDBC, with every special character of the path escaped. */
    String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?" + parameter;
    }

    private void configure(SqlConnection connection) {
        ALWAYS.forEach((pragma, value) -> set(connection, pragma, value));
        switch (this) {
            case WRITER -> WHEN_WRITING.forEach((pragma, value) -> set(connection, pragma, value));
            case COPIER -> set(connection, "temp_store", "2");
            case READER, SNAPSHOT -> set(connection, "query_only", "1");
        }
    }

    private static void set(SqlConnection connection, String pragma, String value) {
        connection.outside("PRAGMA " + pragma + " = " + value);
        require(connection, pragma, value);
    }

    /** Refuses a connection on which the setting is another. */
    static void require(SqlConnection connection, String pragma, String wanted) {
        var found = connection.outside("PRAGMA " + pragma);
        if (!found.equals(wanted)) {
            throw new NotDurable(pragma, wanted, found);
        }
    }
}
