package quorate.node.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quorate.algebra.Secrets;
import quorate.api.ProblemCode;
import quorate.node.config.NodeConfig;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.rounds.StatementVerifier;
import quorate.store.AlreadyRunning;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.DatabaseSettings;
import quorate.store.KeyIdTaken;
import quorate.store.NewerSchema;
import quorate.store.OperationOpen;
import quorate.store.Outcome;
import quorate.store.Role;
import quorate.store.SchemaVersion;
import quorate.store.Snapshot;
import quorate.store.StoreException;
import quorate.store.StoredKey;
import quorate.store.TargetNotEmpty;
import quorate.store.WrongMasterKey;

/**
 * Restores the database of a node that is stopped, or one share of it, from a backup file (product.md 2.1).
 * Everything is validated before the first change, and the change is one rename or one transaction.
 */
public final class BackupRestore {
    private static final int INCARNATION_BYTES = 32;

    private final NodeConfig config;
    private final Roster roster;
    private final NodeIdentity identity;
    private final DatabaseSettings settings;
    private final StatementVerifier verifier;
    private final SecureRandom random;
    private final Clock clock;

    public BackupRestore(
            NodeConfig config,
            Roster roster,
            NodeIdentity identity,
            DatabaseSettings settings,
            StatementVerifier verifier,
            SecureRandom random,
            Clock clock) {
        this.config = config;
        this.roster = roster;
        this.identity = identity;
        this.settings = settings;
        this.verifier = verifier;
        this.random = random;
        this.clock = clock;
    }

    /** What {@link #restore} would do. Changes nothing. */
    public RestorePlan plan(Path path) throws BackupRefused, IOException {
        var file = validate(path);
        try (var spool = Spool.temporary();
                var snapshot = open(file, spool.extract(file))) {
            unlockEveryShare(file, snapshot);
            return plan(file);
        }
    }

    /**
     * Puts the database of the backup in place.
     *
     * @param replace whether a database that is there may be replaced; it is kept beside the new one
     */
    public RestorePlan restore(Path path, boolean replace) throws BackupRefused, IOException {
        var file = validate(path);
        try (var spool = Spool.temporary()) {
            var content = spool.extract(file);
            try (var snapshot = open(file, content)) {
                unlockEveryShare(file, snapshot);
            }
            var plan = plan(file);
            if (plan.replaces() && !replace) {
                throw new BackupRefused(
                        ProblemCode.TARGET_NOT_EMPTY, config.data(), "holds a database; name --replace to replace it");
            }
            Database.restore(settings, content, replace, random, clock);
            return plan;
        } catch (TargetNotEmpty e) {
            throw new BackupRefused(ProblemCode.TARGET_NOT_EMPTY, config.data(), String.valueOf(e.getMessage()));
        } catch (AlreadyRunning e) {
            throw new BackupRefused(ProblemCode.NODE_RUNNING, config.data(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Takes one share out of the backup into the database that is there (product.md 2.3).
     *
     * @param replace whether a share that is there may be replaced
     * @param dryRun whether to stop before the change
     */
    public RestorePlan restoreKey(Path path, String keyId, boolean replace, boolean dryRun)
            throws BackupRefused, IOException {
        var file = validate(path);
        try (var spool = Spool.temporary();
                var snapshot = open(file, spool.extract(file))) {
            var key = snapshot.keys()
                    .find(keyId)
                    .orElseThrow(() -> new BackupRefused(
                            ProblemCode.KEY_NOT_FOUND, path, "holds no share of a key " + keyId));
            var loaded = sound(file, snapshot, key)
                    .orElseThrow(() -> new BackupRefused(
                            ProblemCode.BACKUP_SHARE, path, "was taken before key " + keyId + " was finished"));
            try (var database = Database.open(settings, Bytes.random(INCARNATION_BYTES, random), random, clock);
                    var unlocked = snapshot.unlock(settings.masterKey(), random)) {
                var active = database.keys().sharing(keyId, Role.ACTIVE);
                var fate = fate(path, loaded, active.map(held -> held.sharing().epoch()), active.map(
                        held -> held.sharing().shareId()), replace);
                if (!dryRun && fate != RestorePlan.Fate.UNCHANGED) {
                    install(path, database, unlocked, loaded, active.map(held -> held.sharing().shareId()));
                }
                return new RestorePlan(
                        file.manifest().backupId(),
                        config.player(),
                        Instant.parse(file.manifest().createdAt()),
                        file.manifest().masterKey(),
                        false,
                        List.of(new RestorePlan.PlannedKey(keyId, loaded.sharing().epoch(), fate)),
                        List.of("start the node", "quorate key show " + keyId));
            }
        } catch (AlreadyRunning e) {
            throw new BackupRefused(ProblemCode.NODE_RUNNING, config.data(), String.valueOf(e.getMessage()));
        }
    }

    private RestorePlan.Fate fate(
            Path path, LoadedKey loaded, Optional<Long> epoch, Optional<Bytes> held, boolean replace)
            throws BackupRefused {
        var keyId = loaded.description().keyId();
        if (held.isEmpty()) {
            return RestorePlan.Fate.RESTORED;
        }
        boolean same = held.get().equals(Bytes.of(loaded.sharing().shareId()));
        if (same && !replace) {
            return RestorePlan.Fate.UNCHANGED;
        }
        if (!same) {
            throw new BackupRefused(
                    ProblemCode.SHARE_STALE,
                    path,
                    "holds epoch " + loaded.sharing().epoch() + " of key " + keyId + ", the key is at epoch "
                            + epoch.orElseThrow() + " here");
        }
        return RestorePlan.Fate.RESTORED;
    }

    private static void install(
            Path path, Database database, Snapshot.Unlocked unlocked, LoadedKey loaded, Optional<Bytes> replaces)
            throws BackupRefused {
        try {
            var outcome = unlocked.use(
                    loaded.description().keyId(),
                    Bytes.of(loaded.sharing().shareId()),
                    share -> database.shares().install(loaded.description(), loaded.stored(), share, replaces));
            if (outcome != Outcome.DONE) {
                throw new BackupRefused(ProblemCode.BUSY, path, "the share in the database changed meanwhile");
            }
        } catch (OperationOpen e) {
            throw new BackupRefused(ProblemCode.BUSY, path, String.valueOf(e.getMessage()));
        } catch (KeyIdTaken e) {
            throw new BackupRefused(ProblemCode.KEY_DELETED, path, String.valueOf(e.getMessage()));
        }
    }

    /** Digest, signature, node, cluster, master key, schema: all that can refuse the file as a whole. */
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

    private static Snapshot open(BackupFile file, Path content) throws BackupRefused {
        try {
            return Snapshot.open(content);
        } catch (NewerSchema e) {
            throw new BackupRefused(ProblemCode.BACKUP_SCHEMA, file.path(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new BackupRefused(ProblemCode.BACKUP_FORMAT, file.path(), String.valueOf(e.getMessage()));
        }
    }

    /** The configured master key opens the backup, and every share in it belongs to its key. */
    private void unlockEveryShare(BackupFile file, Snapshot snapshot) throws BackupRefused {
        try (var unlocked = snapshot.unlock(settings.masterKey(), random)) {
            for (var key : snapshot.keys().all()) {
                var loaded = sound(file, snapshot, key);
                if (loaded.isPresent()) {
                    requireShare(file, unlocked, loaded.get());
                }
            }
        } catch (WrongMasterKey e) {
            throw new BackupRefused(ProblemCode.BACKUP_MASTER_KEY, file.path(), String.valueOf(e.getMessage()));
        }
    }

    private static void requireShare(BackupFile file, Snapshot.Unlocked unlocked, LoadedKey key) throws BackupRefused {
        try (var scope = new Secrets()) {
            unlocked.use(
                    key.description().keyId(),
                    Bytes.of(key.sharing().shareId()),
                    secret -> key.share(secret, scope));
        } catch (UnsoundKeyRecord | StoreException e) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_SHARE,
                    file.path(),
                    "the share of key " + key.description().keyId() + " does not belong to it: " + e.getMessage());
        }
    }

    private Optional<LoadedKey> sound(BackupFile file, Snapshot snapshot, StoredKey key) throws BackupRefused {
        try {
            return ManifestKeys.sharings(snapshot, key).stream()
                    .filter(loaded -> snapshot.keys().sharing(key.keyId(), Role.ACTIVE).isPresent())
                    .findFirst();
        } catch (UnsoundKeyRecord e) {
            throw new BackupRefused(ProblemCode.BACKUP_SHARE, file.path(), "DKG-7: " + e.getMessage());
        }
    }

    private RestorePlan plan(BackupFile file) throws IOException {
        var keys = new ArrayList<RestorePlan.PlannedKey>();
        boolean replaces = Files.exists(config.data().resolve("quorate.db"));
        var present = replaces ? present() : Map.<String, Held>of();
        for (var key : file.manifest().keys()) {
            var held = present.get(key.keyId());
            keys.add(new RestorePlan.PlannedKey(key.keyId(), key.epoch(), fate(key, held)));
        }
        present.forEach((keyId, held) -> {
            if (file.manifest().keys().stream().noneMatch(key -> key.keyId().equals(keyId))) {
                keys.add(new RestorePlan.PlannedKey(keyId, held.epoch(), RestorePlan.Fate.LOST));
            }
        });
        return new RestorePlan(
                file.manifest().backupId(),
                config.player(),
                Instant.parse(file.manifest().createdAt()),
                file.manifest().masterKey(),
                replaces,
                keys,
                List.of("start the node", "quorate status", "quorate key list"));
    }

    private static RestorePlan.Fate fate(BackupManifest.Key key, @Nullable Held held) {
        if (held == null) {
            return RestorePlan.Fate.RESTORED;
        }
        if (held.shareId().equals(key.shareId())) {
            return RestorePlan.Fate.UNCHANGED;
        }
        return held.epoch() > key.epoch() ? RestorePlan.Fate.STALE : RestorePlan.Fate.RESTORED;
    }

    private record Held(long epoch, String shareId) {}

    /** The keys of the database that would be replaced, if it can still be read. */
    private Map<String, Held> present() throws IOException {
        var held = new TreeMap<String, Held>();
        try (var database = Database.open(settings, Bytes.random(INCARNATION_BYTES, random), random, clock)) {
            for (var key : database.keys().all()) {
                database.keys().sharing(key.keyId(), Role.ACTIVE).ifPresent(sharing -> held.put(
                        key.keyId(),
                        new Held(sharing.sharing().epoch(), sharing.sharing().shareId().hex())));
            }
        } catch (AlreadyRunning e) {
            throw e;
        } catch (StoreException e) {
            // A database that cannot be opened is what a restore is for; nothing is known of its keys.
            return Map.of();
        }
        return held;
    }
}
