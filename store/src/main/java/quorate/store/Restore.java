package quorate.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a snapshot in the place of a lost database (product.md 2.1, protocols.md 15.1). */
final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final DatabaseSettings settings;
    private final DataFolder folder;
    private final SecureRandom random;
    private final Clock clock;

    Restore(DatabaseSettings settings, SecureRandom random, Clock clock) {
        this.settings = settings;
        this.folder = new DataFolder(settings.folder());
        this.random = random;
        this.clock = clock;
    }

    Bytes from(Path file, boolean replace) {
        validate(file);
        folder.createIfMissing(true);
        folder.requireSafe(settings.allowNetworkFileSystem());
        try (var locks = NodeLocks.acquire(settings.configurationLock(), folder.lock())) {
            locks.requireInPlace();
            if (folder.holdsDatabase() && !replace) {
                throw new TargetNotEmpty(folder.path(), "a database; say so if it is to be replaced");
            }
            folder.discardStaged();
            var staging = new Staging(folder, random, clock);
            staging.copy(file);
            validate(folder.staged());
            var dbi = staging.renew();
            if (folder.holdsDatabase()) {
                setAside();
            } else {
                folder.requireNoRemains();
            }
            folder.promoteStaged();
            LOG.info("restored the database {}", folder.database());
            return dbi;
        }
    }

    /** Whose snapshot it is, whether it is whole, and whether the configured master key opens it. */
    private void validate(Path file) {
        try (var snapshot = Snapshot.open(file)) {
            snapshot.requireIntact();
            NodeTable.require(file, snapshot.node().name(), settings.node());
            snapshot.unlock(settings.masterKey(), random).close();
        }
    }

    /** Keeps the old database, with its log merged into it if it still opens. */
    private void setAside() {
        try {
            Sqlite.WRITER.open(folder.database()).close();
        } catch (StoreException e) {
            LOG.warn("the replaced database does not open: {}", e.getMessage());
        }
        var aside = folder.keepAside("replaced-" + clock.millis() + ".db");
        LOG.info("kept the replaced database as {}", aside);
    }
}
