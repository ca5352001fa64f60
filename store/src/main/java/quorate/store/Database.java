package quorate.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a running node: SQLite in write-ahead mode, every commit synced, one writer. It is open in at most
 * one process (PSG-3, protocols.md 15.2). May be used by any number of threads.
 *
 * <p>While it is open, nothing else in its process opens and closes its files: POSIX would drop the engine's locks. Use
 * {@link #writeSnapshot} to copy it.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int INCARNATION_BYTES = 32;

    private final DataFolder folder;
    private final NodeLocks locks;
    private final Storage storage;
    private final Vault vault;
    private final SecureRandom random;
    private final Object fileKey;
    private final NodeRecord node;
    private final long fence;
    private final PairStates pairStates;

    /** Counts the start and becomes the owner. */
    Database(
            DataFolder folder,
            NodeLocks locks,
            Vault vault,
            SqlConnection writer,
            Bytes inc,
            SecureRandom random,
            Clock clock) {
        this.folder = folder;
        this.locks = locks;
        this.vault = vault;
        this.random = random;
        this.fence = writer.write(transaction -> {
            NodeTable.countStart(transaction);
            return Owner.take(transaction, inc);
        });
        this.node = writer.read(NodeTable::read);
        this.fileKey = folder.databaseKey();
        this.storage = new Storage(writer, Sqlite.READER.open(folder.database()), inc, clock);
        this.pairStates = new PairStates(storage, vault);
    }

    /**
     * Takes both locks, checks that this is the database of this node, that its key opens it and that this software
     * knows its schema, all before anything is changed; then migrates it, counts the start and becomes its owner.
     *
     * @param inc incarnation of this process (protocols.md 15.1), 32 bytes
     * @throws AlreadyRunning if another process runs this node
     * @throws DatabaseMissing if there is none and none may be made
     * @throws StoreException every other refusal by its type
     */
    public static Database open(DatabaseSettings settings, Bytes inc, SecureRandom random, Clock clock) {
        inc.requireLength(INCARNATION_BYTES, "inc");
        return new Opening(settings, inc, random, clock).open();
    }

    /** Who, which history, which start: as of this start. */
    public NodeRecord node() {
        return node;
    }

    /** Number of the ownership that this process took; a later owner has a higher one. */
    public long fence() {
        return fence;
    }

    /**
     * To be called every second (protocols.md 15.2).
     *
     * @throws NotOwner if another process took the database over, or its file or a lock file was replaced: stop
     */
    public void checkOwner() {
        locks.requireInPlace();
        if (!folder.databaseKey().equals(fileKey)) {
            throw new NotOwner("the file " + folder.database() + " was replaced");
        }
        storage.requireOwner();
        storage.emptyLogIfDue();
    }

    /**
     * Draws a new incarnation of the database, for a node that learned that its database was rolled back (protocols.md
     * 15.1). It takes effect at the next start, which the node now brings about.
     */
    public Bytes newDatabaseIncarnation() {
        return storage.write(transaction -> NodeTable.renew(transaction, random));
    }

    /** Opens the node secret (protocols.md 0.6) for one use. */
    public <T, E extends Exception> T useNodeSecret(SecretUse<T, E> use) throws E {
        return vault.useNodeSecret(storage.read(NodeTable::sealedSecret).toArray(), use);
    }

    /**
     * Seals the data key under another master key; rows stay as they are. Whoever has the old master key and a copy of
     * the database from before still opens that copy.
     *
     * @throws WrongMasterKey if the first is not the master key of this database
     */
    public void changeMasterKey(MasterKeySource from, MasterKeySource to) {
        storage.erase(transaction -> {
            var envelope = Envelope.read(transaction).reseal(node.name(), from, to, random);
            envelope.write(transaction);
            return envelope;
        });
    }

    /**
     * Writes a consistent copy to a file that does not exist yet, readable by its owner only, synced and checked.
     * Writers and readers go on meanwhile. It holds no deleted row.
     */
    public void writeSnapshot(Path target) {
        Snapshot.write(folder.database(), target);
        storage.emptyLogIfDue();
    }

    /**
     * Puts a snapshot in place of a missing or, if {@code replace} is set, of the present database. Everything is
     * validated before the first change; the change is one rename. The restored database has a new incarnation and
     * no pause. What it replaces is kept beside it as {@code replaced-TIME.db}.
     *
     * @return the new incarnation
     */
    public static Bytes restore(
            DatabaseSettings settings, Path snapshot, boolean replace, SecureRandom random, Clock clock) {
        return new Restore(settings, random, clock).from(snapshot, replace);
    }

    /**
     * Copies the database of a node that does not run to a file that does not exist yet, to be looked at as a {@link
     * Snapshot}. Nothing of the database changes.
     *
     * @throws AlreadyRunning if a process runs this node
     * @throws DatabaseMissing if there is no database
     */
    public static void copyStopped(DatabaseSettings settings, Path target) {
        Snapshot.copyStopped(settings, target);
    }

    public Keys keys() {
        return new Keys(storage, node.name().player());
    }

    public Shares shares() {
        return new Shares(storage, vault, node.name().player());
    }

    /** Always the same object: it knows the sessions that run. */
    public PairStates pairStates() {
        return pairStates;
    }

    public Bans bans() {
        return new Bans(storage);
    }

    public RepairApprovals repairApprovals() {
        return new RepairApprovals(storage);
    }

    public RegisteredPlayers registeredPlayers() {
        return new RegisteredPlayers(storage);
    }

    public WrappingKeys wrappingKeys() {
        return new WrappingKeys(storage, vault);
    }

    public Imports imports() {
        return new Imports(storage);
    }

    public Operations operations() {
        return new Operations(storage, vault, node.name().player());
    }

    public Statements statements() {
        return new Statements(storage);
    }

    public Tombstones tombstones() {
        return new Tombstones(storage);
    }

    public Links links() {
        return new Links(storage);
    }

    public Sessions sessions() {
        return new Sessions(storage);
    }

    public StandingOrders standingOrders() {
        return new StandingOrders(storage);
    }

    /** Differs after every change: whoever remembers what it read can tell whether that may be outdated. */
    public long changes() {
        return storage.changes();
    }

    public Adoptions adoptions() {
        return new Adoptions(storage);
    }

    public Pauses pauses() {
        return new Pauses(storage);
    }

    public BackupRecords backups() {
        return new BackupRecords(storage);
    }

    public Drills drills() {
        return new Drills(storage);
    }

    public Events events() {
        return new Events(storage);
    }

    Storage storage() {
        return storage;
    }

    /** Closes the database, wipes its key, releases both locks. */
    @Override
    public void close() {
        try (locks;
                vault;
                storage) {
            settle();
        }
    }

    private void settle() {
        try {
            pairStates.settle();
        } catch (StoreException e) {
            // These sessions count as crashed then, which at worst makes a pair set up anew.
            LOG.warn("the ends of the last sessions are not stored: {}", e.getMessage());
        }
    }
}
