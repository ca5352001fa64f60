package quorate.store;

import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.sqlite.SQLiteDataSource;

/**
 * Brings a database to {@link SchemaVersion#current()}, and says what version a file has. The tables {@code node} and
 * {@code envelope} are read before anything is migrated: no migration changes their columns.
 */
final class Migrations {
    private static final String LOCATION = "classpath:db/migration/sqlite";
    /** "QUOR": marks our files in the header of SQLite. Set by the first migration. */
    private static final String APPLICATION_ID = Integer.toString(0x51554F52);

    private Migrations() {}

    static void migrateIfOlder(Path database) {
        SchemaVersion found;
        try (var connection = Sqlite.READER.open(database)) {
            found = require(database, connection);
        }
        if (SchemaVersion.current().isNewerThan(found)) {
            migrate(database);
        }
    }

    /** Applies what is missing. */
    static void migrate(Path database) {
        migrate(database, SchemaVersion.current());
    }

    /** Applies what is missing up to that version. */
    static void migrate(Path database, SchemaVersion version) {
        var dataSource = new SQLiteDataSource();
        dataSource.setUrl(Sqlite.WRITER.url(database));
        dataSource.setEnforceForeignKeys(true);
        try {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations(LOCATION)
                    .target(MigrationVersion.fromVersion(version.toString()))
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new Damaged(database + " cannot be migrated: " + e.getMessage(), e);
        }
    }

    /** The same of a file from anywhere: it consists of exactly what this software creates, before it is queried. */
    static SchemaVersion requireExact(Path file, SqlConnection connection) {
        requireOurs(file, connection);
        var schema = Schema.of(connection);
        schema.requireHistory(file);
        var version = require(file, connection);
        schema.requireSame(file, Schema.at(version));
        return version;
    }

    private static void requireOurs(Path database, SqlConnection connection) {
        if (!connection.outside("PRAGMA application_id").equals(APPLICATION_ID)) {
            throw new ForeignDatabase(database, "is not a Quorate database");
        }
    }

    /** The version of a database of ours that this software can read. */
    static SchemaVersion require(Path database, SqlConnection connection) {
        requireOurs(database, connection);
        var found = version(connection)
                .orElseThrow(() -> new ForeignDatabase(database, "has no schema version"));
        if (found.isNewerThan(SchemaVersion.current())) {
            throw new NewerSchema(database, found, SchemaVersion.current());
        }
        return found;
    }

    private static Optional<SchemaVersion> version(SqlConnection connection) {
        return connection.read(transaction -> transaction.exists(
                                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'flyway_schema_history'")
                        ? transaction.row(
                                """
                                SELECT max(CAST(version AS INTEGER)) AS version FROM flyway_schema_history
                                WHERE success
                                """,
                                row -> row.smallNumber("version"))
                        : Optional.<Integer>empty())
                .map(SchemaVersion::new);
    }
}
