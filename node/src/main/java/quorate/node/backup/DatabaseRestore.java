package quorate.node.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quorate.api.ProblemCode;
import quorate.store.AlreadyRunning;
import quorate.store.Database;
import quorate.store.Role;
import quorate.store.StoreException;
import quorate.store.TargetNotEmpty;

/** Puts the database of a backup in place of a lost, or of the present, one. */
final class DatabaseRestore implements Restore {
    private static final String DATABASE = "quorate.db";

    private final TargetNode target;
    private final Spool spool;
    private final Path content;
    private final RestorePlan plan;

    private record Held(long epoch, String shareId) {}

    private DatabaseRestore(TargetNode target, Spool spool, Path content, RestorePlan plan) {
        this.target = target;
        this.spool = spool;
        this.content = content;
        this.plan = plan;
    }

    static DatabaseRestore of(TargetNode target, BackupFile file, Spool spool, Path content, boolean replace)
            throws BackupRefused {
        boolean replaces = Files.exists(target.config().data().resolve(DATABASE));
        if (replaces && !replace) {
            throw new BackupRefused(
                    ProblemCode.TARGET_NOT_EMPTY,
                    target.config().data(),
                    "holds a database; say --replace to replace it, it is then kept beside the new one");
        }
        return new DatabaseRestore(target, spool, content, plan(target, file, spool, replaces));
    }

    private static RestorePlan plan(TargetNode target, BackupFile file, Spool spool, boolean replaces)
            throws BackupRefused {
        var manifest = file.manifest();
        var present = replaces ? present(target, spool) : Map.<String, Held>of();
        var keys = new ArrayList<RestorePlan.PlannedKey>();
        for (var key : manifest.keys()) {
            keys.add(new RestorePlan.PlannedKey(key.keyId(), key.epoch(), fate(key, present.get(key.keyId()))));
        }
        manifest.unsound()
                .forEach(key -> keys.add(new RestorePlan.PlannedKey(key.keyId(), 0, RestorePlan.Fate.UNSOUND)));
        present.forEach((keyId, held) -> {
            if (!manifest.isUnsound(keyId) && manifest.keys().stream().noneMatch(key -> key.keyId().equals(keyId))) {
                keys.add(new RestorePlan.PlannedKey(keyId, held.epoch(), RestorePlan.Fate.LOST));
            }
        });
        return new RestorePlan(
                manifest.backupId(),
                manifest.player(),
                Instant.parse(manifest.createdAt()),
                manifest.masterKey(),
                replaces,
                keys,
                List.of("start the node", "quorate status", "quorate key list"));
    }

    private static RestorePlan.Fate fate(BackupManifest.Key key, @Nullable Held held) {
        if (!key.state().equals(ManifestKeys.ACTIVE)) {
            return RestorePlan.Fate.UNFINISHED;
        }
        if (held == null) {
            return RestorePlan.Fate.RESTORED;
        }
        if (held.shareId().equals(key.shareId())) {
            return RestorePlan.Fate.UNCHANGED;
        }
        return held.epoch() > key.epoch() ? RestorePlan.Fate.STALE : RestorePlan.Fate.RESTORED;
    }

    /** The keys of the database that would be replaced, if it can still be read. */
    private static Map<String, Held> present(TargetNode target, Spool spool) throws BackupRefused {
        var held = new TreeMap<String, Held>();
        try (var database = target.present(spool)) {
            for (var key : database.keys().all()) {
                database.keys()
                        .sharing(key.keyId(), Role.ACTIVE)
                        .ifPresent(stored -> held.put(
                                key.keyId(),
                                new Held(
                                        stored.sharing().epoch(),
                                        stored.sharing().shareId().hex())));
            }
            return held;
        } catch (StoreException e) {
            // A database that cannot be opened is what a restore is for: nothing is known of its keys.
            return Map.of();
        }
    }

    @Override
    public RestorePlan plan() {
        return plan;
    }

    @Override
    public void carryOut() throws BackupRefused, IOException {
        try {
            Database.restore(target.settings(), content, plan.replaces(), target.random(), target.clock());
        } catch (TargetNotEmpty e) {
            throw new BackupRefused(
                    ProblemCode.TARGET_NOT_EMPTY, target.config().data(), String.valueOf(e.getMessage()));
        } catch (AlreadyRunning e) {
            throw target.running(e);
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
