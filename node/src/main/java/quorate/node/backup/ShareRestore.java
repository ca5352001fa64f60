package quorate.node.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import quorate.api.ProblemCode;
import quorate.node.key.LoadedKey;
import quorate.node.share.Held;
import quorate.node.share.ShareRefused;
import quorate.node.share.ShareRules;
import quorate.store.Bytes;
import quorate.store.KeyIdTaken;
import quorate.store.OperationOpen;
import quorate.store.Outcome;
import quorate.store.Role;
import quorate.store.Snapshot;
import quorate.store.StoredKey;

/** Takes one share out of a backup into the database that is there, by the rules of product.md 2 row 3. */
final class ShareRestore implements Restore {
    private final TargetNode target;
    private final BackupFile file;
    private final Spool spool;
    private final Path content;
    private final LoadedKey key;
    private final RestorePlan plan;

    private ShareRestore(
            TargetNode target, BackupFile file, Spool spool, Path content, LoadedKey key, RestorePlan plan) {
        this.target = target;
        this.file = file;
        this.spool = spool;
        this.content = content;
        this.key = key;
        this.plan = plan;
    }

    static ShareRestore of(
            TargetNode target, BackupFile file, Spool spool, Path content, String keyId, boolean replace)
            throws BackupRefused {
        try (var snapshot = TargetNode.open(file, content)) {
            var stored = snapshot.keys()
                    .find(keyId)
                    .orElseThrow(() -> new BackupRefused(
                            ProblemCode.KEY_NOT_FOUND, file.path(), "holds no share of a key " + keyId));
            requireFinished(file, snapshot, stored);
            var key = TargetNode.active(file, snapshot, stored)
                    .orElseThrow(() -> new BackupRefused(
                            ProblemCode.BACKUP_SHARE, file.path(), "was taken before key " + keyId + " was finished"));
            var manifest = file.manifest();
            var plan = new RestorePlan(
                    manifest.backupId(),
                    manifest.player(),
                    Instant.parse(manifest.createdAt()),
                    manifest.masterKey(),
                    false,
                    List.of(new RestorePlan.PlannedKey(
                            keyId, key.sharing().epoch(), fate(target, file, spool, key, replace))),
                    List.of("start the node", "quorate key show " + keyId));
            return new ShareRestore(target, file, spool, content, key, plan);
        }
    }

    /** Storing a share makes its key usable, which only the others can do for a key of which they were not sure. */
    private static void requireFinished(BackupFile file, Snapshot snapshot, StoredKey key) throws BackupRefused {
        if (snapshot.openOperation(key.keyId()).isPresent()) {
            throw new BackupRefused(
                    ProblemCode.BACKUP_SHARE,
                    file.path(),
                    "was taken while an operation on key " + key.keyId() + " was open");
        }
        switch (key.state()) {
            case USABLE -> {}
            case STALE -> throw new BackupRefused(
                    ProblemCode.SHARE_STALE, file.path(), "was taken after key " + key.keyId() + " was reshared");
            case NEW, ABSENT -> throw new BackupRefused(
                    ProblemCode.BACKUP_SHARE, file.path(), "was taken before key " + key.keyId() + " was finished");
        }
    }

    private static RestorePlan.Fate fate(
            TargetNode target, BackupFile file, Spool spool, LoadedKey key, boolean replace) throws BackupRefused {
        try (var database = target.present(spool)) {
            var held = Held.in(database, key.description().keyId());
            return switch (new ShareRules(replace, false).judge(key, held)) {
                case RESTORED, REPLACES, FORCED -> RestorePlan.Fate.RESTORED;
                case UNCHANGED -> RestorePlan.Fate.UNCHANGED;
            };
        } catch (ShareRefused e) {
            throw new BackupRefused(e.code(), file.path(), e.reason());
        }
    }

    @Override
    public RestorePlan plan() {
        return plan;
    }

    @Override
    public void carryOut() throws BackupRefused {
        if (plan.keys().getFirst().fate() == RestorePlan.Fate.UNCHANGED) {
            return;
        }
        var shareId = Bytes.of(key.sharing().shareId());
        var keyId = key.description().keyId();
        try (var database = target.database();
                var snapshot = TargetNode.open(file, content);
                var unlocked = snapshot.unlock(target.settings().masterKey(), target.random())) {
            Optional<Bytes> replaced = database.keys()
                    .sharing(keyId, Role.ACTIVE)
                    .map(held -> held.sharing().shareId());
            var outcome = unlocked.use(
                    keyId,
                    shareId,
                    share -> database.shares().install(key.description(), key.stored(), share, replaced));
            if (outcome != Outcome.DONE) {
                throw new BackupRefused(ProblemCode.BUSY, file.path(), "the share in the database changed meanwhile");
            }
        } catch (OperationOpen e) {
            throw new BackupRefused(ProblemCode.BUSY, file.path(), String.valueOf(e.getMessage()));
        } catch (KeyIdTaken e) {
            throw new BackupRefused(ProblemCode.KEY_DELETED, file.path(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
