package quorate.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes a database under its provisional name: a new one, or one from a snapshot. Both locks are held. */
final class Staging {
    private final DataFolder folder;
    private final SecureRandom random;
    private final Clock clock;

    Staging(DataFolder folder, SecureRandom random, Clock clock) {
        this.folder = folder;
        this.random = random;
        this.clock = clock;
    }

    /** A new, empty database: its incarnation, data key and node secret are drawn here. */
    void create(NodeName name, MasterKeySource masterKey) {
        try {
            FilePermissions.createFile(folder.staged());
        } catch (IOException e) {
            throw new StorageFailed("create " + folder.staged(), e);
        }
        Migrations.migrate(folder.staged());
        change(transaction -> {
            try (var vault = Envelope.create(transaction, name, masterKey, random)) {
                NodeTable.create(transaction, name, vault, clock.instant(), random);
            }
            return name;
        });
    }

    /** The database of a snapshot, as it is. */
    void copy(Path snapshot) {
        try {
            Disk.copy(snapshot, folder.staged());
        } catch (IOException e) {
            throw new StorageFailed("copy " + snapshot + " to " + folder.staged(), e);
        }
    }

    /** Brings the copy to the current schema and gives it a new incarnation (protocols.md 15.1). */
    Bytes renew() {
        Migrations.migrateIfOlder(folder.staged());
        return change(transaction -> {
            Pauses.clear(transaction);
            return NodeTable.renew(transaction, random);
        });
    }

    private <T> T change(Transaction.Work<T> work) {
        try (var connection = Sqlite.WRITER.open(folder.staged())) {
            return connection.write(work);
        }
    }
}
