package quorate.node.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import quorate.api.ProblemCode;
import quorate.node.config.NodeConfig;
import quorate.node.config.Roster;
import quorate.node.identity.NodeIdentity;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.rounds.StatementVerifier;
import quorate.store.AlreadyRunning;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.DatabaseSettings;
import quorate.store.NewerSchema;
import quorate.store.Role;
import quorate.store.SchemaVersion;
import quorate.store.Snapshot;
import quorate.store.StoreException;
import quorate.store.StoredKey;
import quorate.store.WrongMasterKey;

/** The node, which is stopped, into which something is restored; and what must be true of a file for that. */
public record TargetNode(
        NodeConfig config,
        Roster roster,
        NodeIdentity identity,
        DatabaseSettings settings,
        StatementVerifier verifier,
        SpoolPlace spools,
        SecureRandom random,
        Clock clock) {
    private static final int INCARNATION_BYTES = 32;

    /**
     * Validates a restore of the whole database, or of one key's share out of the backup.
     *
     * @param replace whether what is there may be replaced; a replaced database is kept beside the new one
     */
    public Restore open(Path file, Optional<String> keyId, boolean replace) throws BackupRefused, IOException {
        var backup = validate(file);
        var spool = spools.open();
        try {
            var content = spool.extract(backup);
            try (var snapshot = open(backup, content)) {
                requireSound(backup, snapshot);
                requireShares(backup, snapshot, keyId);
            }
            return keyId.isPresent()
                    ? ShareRestore.of(this, backup, spool, content, keyId.get(), replace)
                    : DatabaseRestore.of(this, backup, spool, content, replace);
        } catch (BackupRefused | IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** Digest, signature, node, cluster, schema: all that can refuse the file without opening its content. */
    private BackupFile validate(Path path) throws BackupRefused, IOException {
        var file = BackupFile.read(path, verifier);
        var manifest = file.manifest();
        if (manifest.player() != config.player() || !manifest.nodeId().equals(identity.id().hex())) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_NODE,
                    path,
                    "is of player " + manifest.player() + " with id " + manifest.nodeId() + ", this node is player "
                            + config.player() + " with id " + identity.id().hex());
        }
        if (!Rosters.agree(roster, manifest)) {
            throw new BackupRefused(ProblemCode.BACKUP_NODE, path, "was made by a cluster with other nodes");
        }
        if (manifest.schema() > SchemaVersion.current().number()) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_SCHEMA,
                    path,
                    "has schema " + manifest.schema() + ", this software knows " + SchemaVersion.current());
        }
        return file;
    }

    static Snapshot open(BackupFile file, Path content) throws BackupRefused {
        try {
            return Snapshot.open(content);
        } catch (NewerSchema e) {
            throw new BackupRefused(ProblemCode.BACKUP_SCHEMA, file.path(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new BackupRefused(ProblemCode.BACKUP_FORMAT, file.path(), String.valueOf(e.getMessage()));
        }
    }

    /** The content is whole and is what the manifest says. */
    private static void requireSound(BackupFile file, Snapshot snapshot) throws BackupRefused {
        try {
            snapshot.requireIntact();
            if (!ManifestKeys.describe(file.manifest(), snapshot)) {
                throw new BackupRefused(
                        ProblemCode.BACKUP_FORMAT, file.path(), "has a manifest that does not describe its content");
            }
        } catch (StoreException e) {
            throw new BackupRefused(ProblemCode.BACKUP_FORMAT, file.path(), String.valueOf(e.getMessage()));
        }
    }

    /** The configured master key opens the backup, and every finished share that is wanted belongs to its key. */
    private void requireShares(BackupFile file, Snapshot snapshot, Optional<String> keyId) throws BackupRefused {
        try (var unlocked = snapshot.unlock(settings.masterKey(), random)) {
            for (var key : snapshot.keys().all()) {
                boolean wanted = keyId.map(key.keyId()::equals).orElse(!file.manifest().isUnsound(key.keyId()));
                if (!wanted) {
                    continue;
                }
                var loaded = active(file, snapshot, key);
                if (loaded.isPresent()) {
                    requireShare(file, unlocked, loaded.get());
                }
            }
        } catch (WrongMasterKey e) {
            throw new BackupRefused(ProblemCode.BACKUP_MASTER_KEY, file.path(), String.valueOf(e.getMessage()));
        }
    }

    private static void requireShare(BackupFile file, Snapshot.Unlocked unlocked, LoadedKey key) throws BackupRefused {
        try {
            Shares.check(unlocked, key);
        } catch (UnsoundKeyRecord | StoreException e) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_SHARE,
                    file.path(),
                    "the share of key " + key.description().keyId() + " does not belong to it: " + e.getMessage());
        }
    }

    /** The finished sharing of a key in the backup, if there is one. */
    static Optional<LoadedKey> active(BackupFile file, Snapshot snapshot, StoredKey key) throws BackupRefused {
        if (snapshot.keys().sharing(key.keyId(), Role.ACTIVE).isEmpty()) {
            return Optional.empty();
        }
        try {
            return ManifestKeys.sharings(snapshot, key).stream().findFirst();
        } catch (UnsoundKeyRecord e) {
            throw new BackupRefused(ProblemCode.BACKUP_SHARE, file.path(), "DKG-7: " + e.getMessage());
        }
    }

    /** A copy of the database that is there, to look at: a plan changes nothing, nor does it count as a start. */
    Snapshot present(Spool spool) throws BackupRefused {
        var copy = spool.file("present.db");
        try {
            Database.copyStopped(settings, copy);
        } catch (AlreadyRunning e) {
            throw running(e);
        }
        return Snapshot.open(copy);
    }

    /** The database of the node as it is, under both locks. */
    Database database() throws BackupRefused {
        try {
            return Database.open(settings, Bytes.random(INCARNATION_BYTES, random), random, clock);
        } catch (AlreadyRunning e) {
            throw running(e);
        }
    }

    BackupRefused running(AlreadyRunning e) {
        return new BackupRefused(ProblemCode.NODE_RUNNING, config.data(), String.valueOf(e.getMessage()));
    }
}
