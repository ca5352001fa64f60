package quorate.store;

import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to an open database, in the order of protocols.md 15.2: safe folder, both locks, every refusal, then changes.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final DatabaseSettings settings;
    private final DataFolder folder;
    private final Bytes inc;
    private final SecureRandom random;
    private final Clock clock;

    Opening(DatabaseSettings settings, Bytes inc, SecureRandom random, Clock clock) {
        this.settings = settings;
        this.folder = new DataFolder(settings.folder());
        this.inc = inc;
        this.random = random;
        this.clock = clock;
    }

    Database open() {
        folder.createIfMissing(settings.createIfMissing());
        folder.requireSafe(settings.allowNetworkFileSystem());
        var locks = NodeLocks.acquire(settings.configurationLock(), folder.lock());
        try {
            folder.discardStaged();
            if (!folder.holdsDatabase()) {
                create();
            }
            folder.requireSafeFiles();
            return open(locks, unlock());
        } catch (RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private void create() {
        if (!settings.createIfMissing()) {
            throw new DatabaseMissing(folder.database(), DatabaseMissing.CHECK_OR_RESTORE);
        }
        folder.requireEmpty();
        new Staging(folder, random, clock).create(settings.node(), settings.masterKey());
        folder.promoteStaged();
        LOG.info("created the database {}", folder.database());
    }

    /** Everything that can refuse the database, without changing it. */
    private Vault unlock() {
        try (var connection = Sqlite.READER.open(folder.database())) {
            Migrations.require(folder.database(), connection);
            Integrity.require(folder.database(), connection);
            return connection.read(transaction -> {
                var found = NodeTable.read(transaction).name();
                NodeTable.require(folder.database(), found, settings.node());
                return Envelope.read(transaction).open(found, settings.masterKey(), random);
            });
        }
    }

    private Database open(NodeLocks locks, Vault vault) {
        try {
            Migrations.migrateIfOlder(folder.database());
            var writer = Sqlite.WRITER.open(folder.database());
            try {
                return new Database(folder, locks, vault, writer, inc, random, clock);
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
    }
}
