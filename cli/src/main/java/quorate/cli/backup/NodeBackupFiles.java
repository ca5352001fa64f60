package quorate.cli.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.Requirement;
import quorate.cli.terminal.CommandFailed;
import quorate.node.RestoreNeeds;
import quorate.node.StorageSettings;
import quorate.node.backup.BackupRefused;
import quorate.node.backup.BackupVerification;
import quorate.node.backup.RestorePlan;
import quorate.node.backup.SpoolPlace;
import quorate.node.backup.TargetNode;
import quorate.node.backup.VerificationReport;
import quorate.node.config.ConfigException;
import quorate.node.config.NodeConfig;
import quorate.node.config.Roster;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.node.problem.StoreProblems;
import quorate.store.MasterKeySource;
import quorate.store.StoreException;

/** Backup files as the node module reads them. */
public final class NodeBackupFiles implements BackupFiles {
    private final SpoolPlace spools;
    private final SecureRandom random;
    private final Clock clock;

    public NodeBackupFiles(SecureRandom random, Clock clock) {
        this(SpoolPlace.TEMPORARY, random, clock);
    }

    private NodeBackupFiles(SpoolPlace spools, SecureRandom random, Clock clock) {
        this.spools = spools;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public BackupFiles workingIn(Path folder) {
        return new NodeBackupFiles(SpoolPlace.in(folder), random, clock);
    }

    @Override
    public Manifest check(Path file) {
        try {
            var summary = BackupVerification.read(file, new Statements());
            return new Manifest(
                    summary.backupId(), summary.player(), summary.createdAt(), digest(file), summary.keys());
        } catch (BackupRefused e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Verification verify(List<Path> files, SortedMap<Integer, Path> configs) {
        var settings = new TreeMap<Integer, NodeConfig>();
        configs.forEach((node, config) -> settings.put(node, load(config)));
        try {
            var roster = settings.isEmpty()
                    ? Optional.<Roster>empty()
                    : Optional.of(Roster.load(settings.firstEntry().getValue().roster()));
            var verification = new BackupVerification(
                    new Statements(), roster, player -> masterKey(settings, player), spools, random);
            return verification(verification.verify(files));
        } catch (ConfigException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<MasterKeySource> masterKey(SortedMap<Integer, NodeConfig> settings, int player) {
        return Optional.ofNullable(settings.get(player))
                .map(NodeConfig::masterKey)
                .filter(source -> Files.exists(source.file()))
                .map(StorageSettings::masterKey);
    }

    private Verification verification(VerificationReport report) {
        var files = new ArrayList<FileVerdict>();
        for (var checked : report.files()) {
            var manifest = checked.contents()
                    .map(summary -> new Manifest(
                            summary.backupId(),
                            summary.player(),
                            summary.createdAt(),
                            digest(checked.file()),
                            summary.keys()))
                    .orElse(null);
            var findings = report.findings().stream()
                    .filter(finding -> finding.file().equals(checked.file()))
                    .map(finding -> new Finding(
                            finding.code(), finding.keyId().orElse(null), finding.reason(), finding.remedy()))
                    .toList();
            files.add(new FileVerdict(checked.file(), manifest, checked.sharesOpened(), findings));
        }
        var keys = report.keys().stream()
                .map(key -> new KeyVerdict(key.keyId(), key.restorable(), key.why()))
                .toList();
        return new Verification(files, keys);
    }

    @Override
    public Restore open(Path file, Path config, Optional<String> keyId, boolean replace) {
        try {
            var settings = load(config);
            var identity = NodeIdentity.load(settings.identity(), settings.player());
            var target = new TargetNode(
                    settings,
                    Roster.load(settings.roster()),
                    identity,
                    StorageSettings.of(settings, identity),
                    new Statements(),
                    spools,
                    random,
                    clock);
            return new Opened(target.open(file, keyId, replace));
        } catch (BackupRefused e) {
            throw failed(e);
        } catch (ConfigException e) {
            throw failed(e);
        } catch (StoreException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Requirement> requirements(Path config) {
        var settings = load(config);
        try {
            var identity = NodeIdentity.load(settings.identity(), settings.player());
            return RestoreNeeds.of(settings, identity).list().requirements();
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw failed(e);
        }
    }

    private static NodeConfig load(Path config) {
        try {
            return NodeConfig.load(config);
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    private static Bytes digest(Path file) {
        try (InputStream in = Files.newInputStream(file);
                var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return Bytes.of(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static CommandFailed failed(BackupRefused e) {
        return new CommandFailed(e.code(), String.valueOf(e.getMessage()));
    }

    private static CommandFailed failed(ConfigException e) {
        return new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }

    private static CommandFailed failed(StoreException e) {
        return new CommandFailed(StoreProblems.forOperator(e));
    }

    private record Opened(quorate.node.backup.Restore restore) implements Restore {
        @Override
        public Plan plan() {
            var plan = restore.plan();
            return new Plan(
                    plan.backupId(),
                    plan.player(),
                    plan.createdAt(),
                    plan.masterKey(),
                    plan.keys().stream().map(Opened::verdict).toList(),
                    plan.after());
        }

        private static KeyVerdict verdict(RestorePlan.PlannedKey key) {
            var epoch = "epoch " + key.epoch();
            return switch (key.fate()) {
                case RESTORED -> new KeyVerdict(key.keyId(), true, epoch);
                case UNCHANGED -> new KeyVerdict(key.keyId(), true, epoch + ", as the database has it now");
                case STALE ->
                    new KeyVerdict(
                            key.keyId(), false, epoch + ", older than what the database has now: it will be stale");
                case UNFINISHED ->
                    new KeyVerdict(key.keyId(), false, "was being made when the backup was taken");
                case UNSOUND ->
                    new KeyVerdict(
                            key.keyId(), false, "its record in the backup is damaged: the node will not sign with it");
                case LOST ->
                    new KeyVerdict(key.keyId(), false, "is not in the backup: this node's share of it is lost");
            };
        }

        @Override
        public void carryOut() {
            try {
                restore.carryOut();
            } catch (BackupRefused e) {
                throw failed(e);
            } catch (StoreException e) {
                throw failed(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            restore.close();
        }
    }
}
