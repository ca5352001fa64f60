package quorate.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A file that {@link Database#writeSnapshot} wrote, opened to look at: no lock, no migration, no change. Needs no
 * node and no configuration.
 */
public final class Snapshot implements AutoCloseable {
    private final Path file;
    private final SqlConnection connection;
    private final SchemaVersion schemaVersion;
    private final NodeRecord node;

    private Snapshot(Path file, SqlConnection connection) {
        this.file = file;
        this.connection = connection;
        this.schemaVersion = Migrations.requireExact(file, connection);
        this.node = connection.read(NodeTable::read);
    }

    /**
     * Opens a snapshot and reads whose it is.
     *
     * @throws ForeignDatabase if it is no database of this software
     * @throws NewerSchema if a newer release wrote it
     * @throws Damaged if it cannot be read, or does not consist of exactly the tables that this software creates
     */
    public static Snapshot open(Path file) {
        if (Files.exists(log(file))) {
            throw new Damaged(file + " has a write-ahead log beside it: it is a running database or a copy of one, "
                    + "and no snapshot; use the backup command");
        }
        var connection = Sqlite.SNAPSHOT.open(file);
        try {
            return new Snapshot(file, connection);
        } catch (StoreException e) {
            connection.close();
            throw e;
        }
    }

    static void write(Path database, Path target) {
        try {
            FilePermissions.createFile(target);
        } catch (FileAlreadyExistsException e) {
            throw new TargetNotEmpty(target, "a file");
        } catch (IOException e) {
            throw new StorageFailed("create " + target, e);
        }
        try {
            try (var connection = Sqlite.COPIER.open(database)) {
                connection.outside("VACUUM INTO '" + target.toAbsolutePath().toString().replace("'", "''") + "'");
            }
            Disk.sync(target);
            try (var snapshot = open(target)) {
                snapshot.requireIntact();
            }
        } catch (IOException e) {
            delete(target, e);
            throw new StorageFailed("write the snapshot " + target, e);
        } catch (RuntimeException e) {
            delete(target, e);
            throw e;
        }
    }

    static void copyStopped(DatabaseSettings settings, Path target) {
        var folder = new DataFolder(settings.folder());
        if (!folder.holdsDatabase()) {
            throw new DatabaseMissing(folder.database(), DatabaseMissing.CHECK_OR_RESTORE);
        }
        folder.requireSafe(settings.allowNetworkFileSystem());
        try (var locks = NodeLocks.acquire(settings.configurationLock(), folder.lock())) {
            locks.requireInPlace();
            Disk.copy(folder.database(), target);
            var log = log(folder.database());
            if (Files.exists(log)) {
                Disk.copy(log, log(target));
            }
        } catch (IOException e) {
            throw new StorageFailed("copy " + folder.database() + " to " + target, e);
        }
        // Merges the log that a crash left into the copy.
        Sqlite.WRITER.open(target).close();
    }

    private static Path log(Path database) {
        return database.resolveSibling(database.getFileName() + "-wal");
    }

    private static void delete(Path target, Exception reason) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Reads every page. */
    public void requireIntact() {
        Integrity.require(file, connection);
    }

    public SchemaVersion schemaVersion() {
        return schemaVersion;
    }

    public NodeRecord node() {
        return node;
    }

    public Keys keys() {
        return new Keys(connection::read, node.name().player());
    }

    /** Whether this node deleted a key of this id (COM-5). */
    public boolean isDeleted(String keyId) {
        return connection.read(t -> Tombstones.exists(t, node.name().player(), keyId));
    }

    /** The operation because of which others of this key are answered BUSY (R0). */
    public Optional<StoredOperation> openOperation(String keyId) {
        return connection.read(t -> OperationTable.open(t, keyId));
    }

    /** Every operation on the key that this node remembers. */
    public List<StoredOperation> operations(String keyId) {
        return connection.read(t -> OperationTable.ofKey(t, keyId));
    }

    /** All approvals of adoptions of a key; a database from before there were any has none. */
    public List<Adoptions.Approval> approvals(String keyId) {
        return connection.read(t -> t.exists("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'adoption'")
                ? Adoptions.of(t, keyId)
                : List.of());
    }

    /**
     * Opens the data key, so that shares can be read.
     *
     * @throws WrongMasterKey if it is not the master key of this snapshot
     */
    public Unlocked unlock(MasterKeySource masterKey, SecureRandom random) {
        var vault = connection.read(Envelope::read).open(node.name(), masterKey, random);
        return new Unlocked(connection, vault);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The secret side of a snapshot. Closing it wipes the key, and leaves the snapshot open. */
    public static final class Unlocked implements AutoCloseable {
        private final SqlConnection connection;
        private final Vault vault;

        private Unlocked(SqlConnection connection, Vault vault) {
            this.connection = connection;
            this.vault = vault;
        }

        /** Opens a share for one use; exceptions as {@link Shares#use}. */
        public <T, E extends Exception> T use(String keyId, Bytes shareId, SecretUse<T, E> use) throws E {
            return Shares.use(connection::read, vault, keyId, shareId, use);
        }

        @Override
        public void close() {
            vault.close();
        }
    }
}
