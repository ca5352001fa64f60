package quorate.node.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import quorate.api.ProblemCode;
import quorate.node.config.Roster;
import quorate.node.key.LoadedKey;
import quorate.node.key.UnsoundKeyRecord;
import quorate.rounds.StatementVerifier;
import quorate.store.BadMasterKeyFile;
import quorate.store.MasterKeySource;
import quorate.store.Snapshot;
import quorate.store.StoreException;
import quorate.store.UnsafePermissions;
import quorate.store.WrongMasterKey;

/**
 * Checks backup files offline (product.md 2.1): digest, signature and schema of each; that the database in it is
 * sound and is what the manifest says; with the node's master key, that every share opens and lies on its public
 * commitment; and that the files agree with one another. No check can be left out.
 */
public final class BackupVerification {
    private final StatementVerifier verifier;
    private final Optional<Roster> roster;
    private final IntFunction<Optional<MasterKeySource>> masterKeys;
    private final SpoolPlace spools;
    private final SecureRandom random;

    /**
     * @param roster the players as the operator knows them; without it the files are only checked against one another
     * @param masterKeys by player, where they are at hand
     * @param spools where databases are looked at
     */
    public BackupVerification(
            StatementVerifier verifier,
            Optional<Roster> roster,
            IntFunction<Optional<MasterKeySource>> masterKeys,
            SpoolPlace spools,
            SecureRandom random) {
        this.verifier = verifier;
        this.roster = roster;
        this.masterKeys = masterKeys;
        this.spools = spools;
        this.random = random;
    }

    /** Structure, digest and signature of one file: what must be right before it counts as a backup. */
    public static BackupSummary read(Path file, StatementVerifier verifier) throws BackupRefused, IOException {
        return BackupSummary.of(BackupFile.read(file, verifier).manifest());
    }

    /** Checks exactly the named files. */
    public VerificationReport verify(List<Path> files) throws IOException {
        var checked = new ArrayList<VerificationReport.CheckedFile>();
        var findings = new ArrayList<Finding>();
        var sound = new ArrayList<BackupFile>();
        for (var path : files) {
            try {
                var file = BackupFile.read(path, verifier);
                var before = findings.size();
                boolean opened = check(file, findings);
                checked.add(new VerificationReport.CheckedFile(
                        path, Optional.of(BackupSummary.of(file.manifest())), opened));
                if (findings.size() == before) {
                    sound.add(file);
                }
                // The other keys of the file are none the worse.
                file.manifest().unsound().forEach(key -> findings.add(unsound(file, key)));
            } catch (BackupRefused e) {
                findings.add(Finding.of(e, path));
                checked.add(new VerificationReport.CheckedFile(path, Optional.empty(), false));
            }
        }
        var comparison = new Comparison(sound);
        findings.addAll(comparison.findings());
        return new VerificationReport(checked, comparison.keys(), findings);
    }

    private boolean check(BackupFile file, List<Finding> findings) throws BackupRefused, IOException {
        var manifest = file.manifest();
        int player = manifest.player();
        if (roster.isPresent() && !Rosters.agree(roster.get(), manifest)) {
            findings.add(Finding.of(
                    file.path(),
                    player,
                    ProblemCode.BACKUP_NODE,
                    "was made by a cluster with other nodes than this one"));
        }
        try (var spool = spools.open();
                var snapshot = TargetNode.open(file, spool.extract(file))) {
            snapshot.requireIntact();
            if (!ManifestKeys.describe(manifest, snapshot)) {
                findings.add(Finding.of(
                        file.path(), player, ProblemCode.BACKUP_FORMAT, "the manifest does not describe the content"));
            }
            var masterKey = masterKeys.apply(player);
            if (masterKey.isEmpty()) {
                return false;
            }
            try (var unlocked = snapshot.unlock(masterKey.get(), random)) {
                for (var key : snapshot.keys().all()) {
                    if (manifest.isUnsound(key.keyId())) {
                        continue;
                    }
                    for (var loaded : ManifestKeys.sharings(snapshot, key)) {
                        checkShare(file, unlocked, loaded, findings);
                    }
                }
            }
            return true;
        } catch (WrongMasterKey | BadMasterKeyFile | UnsafePermissions e) {
            findings.add(Finding.of(
                    file.path(), player, ProblemCode.BACKUP_MASTER_KEY, String.valueOf(e.getMessage())));
        } catch (StoreException | IllegalArgumentException | ArithmeticException e) {
            // Anybody can sign a file with a key of his own, so its tables may hold what no release ever wrote.
            findings.add(Finding.of(file.path(), player, ProblemCode.BACKUP_FORMAT, String.valueOf(e.getMessage())));
        } catch (UnsoundKeyRecord e) {
            findings.add(Finding.of(file.path(), player, ProblemCode.BACKUP_SHARE, "DKG-7: " + e.getMessage()));
        }
        return false;
    }

    private static Finding unsound(BackupFile file, BackupManifest.Unsound key) {
        return Finding.of(
                file.path(),
                file.manifest().player(),
                key.keyId(),
                ProblemCode.BACKUP_SHARE,
                "the record of the key was damaged when the backup was taken: " + UnsoundKeyRecord.CHECK + ": "
                        + key.defect());
    }

    /** x·G == X: the share opens and lies on its public commitment. */
    private static void checkShare(
            BackupFile file, Snapshot.Unlocked unlocked, LoadedKey key, List<Finding> findings) {
        var keyId = key.description().keyId();
        try {
            Shares.check(unlocked, key);
        } catch (UnsoundKeyRecord | StoreException e) {
            findings.add(Finding.of(
                    file.path(),
                    file.manifest().player(),
                    keyId,
                    ProblemCode.BACKUP_SHARE,
                    "the share does not belong to the key: " + e.getMessage()));
        }
    }
}
