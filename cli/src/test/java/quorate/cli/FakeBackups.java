package quorate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.Requirement;
import quorate.cli.backup.BackupFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.testkit.http.FakeCluster;

/** Reads the one-line files that the fake nodes stream. */
final class FakeBackups implements BackupFiles {
    private static final Pattern CONTENT = Pattern.compile("fake backup (\\S+) of node ([0-9]+)");

    final List<Path> restored = new ArrayList<>();
    /** Nodes whose backups the configured master key does not open. */
    final Set<Integer> lockedUp = new HashSet<>();

    @Override
    public BackupFiles workingIn(Path folder) {
        return this;
    }

    @Override
    public Manifest check(Path file) {
        try {
            var content = Files.readAllBytes(file);
            var parts = CONTENT.matcher(new String(content, StandardCharsets.UTF_8));
            if (!parts.matches()) {
                throw new CommandFailed(ProblemCode.BACKUP_DIGEST, file.getFileName() + " is damaged");
            }
            var digest = Bytes.of(MessageDigest.getInstance("SHA-256").digest(content));
            return new Manifest(parts.group(1), Integer.parseInt(parts.group(2)), FakeCluster.NOW, digest, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Verification verify(List<Path> files, SortedMap<Integer, Path> configs) {
        var verdicts = files.stream().map(file -> verdict(file, configs)).toList();
        boolean enough = verdicts.stream().filter(v -> v.findings().isEmpty()).count() >= 2;
        var why = enough ? "2 of 2 needed shares" : "1 of 2 needed shares";
        return new Verification(verdicts, List.of(new KeyVerdict("k1", enough, why)));
    }

    private FileVerdict verdict(Path file, SortedMap<Integer, Path> configs) {
        try {
            var manifest = check(file);
            var findings = lockedUp.contains(manifest.node())
                    ? List.of(new Finding(ProblemCode.BACKUP_MASTER_KEY, null, "another master key", "Find it."))
                    : List.<Finding>of();
            return new FileVerdict(file, manifest, configs.containsKey(manifest.node()), findings);
        } catch (CommandFailed e) {
            var problem = e.problem();
            return new FileVerdict(
                    file, null, false, List.of(new Finding(problem.code(), null, problem.detail(), problem.remedy())));
        }
    }

    @Override
    public Restore open(Path file, Path config, Optional<String> keyId, boolean replace) {
        var manifest = check(file);
        if (!String.valueOf(config).contains("node-" + manifest.node())) {
            throw new CommandFailed(ProblemCode.BACKUP_NODE, "the backup is of node " + manifest.node());
        }
        if (lockedUp.contains(manifest.node())) {
            throw new CommandFailed(ProblemCode.BACKUP_MASTER_KEY, "another master key");
        }
        var data = config.resolveSibling("data");
        if (!replace && Files.exists(data)) {
            throw new CommandFailed(ProblemCode.TARGET_NOT_EMPTY, data + " holds a database");
        }
        return new Restore() {
            @Override
            public Plan plan() {
                return new Plan(
                        manifest.backupId(),
                        manifest.node(),
                        manifest.createdAt(),
                        "ab12",
                        List.of(new KeyVerdict("k1", true, "epoch 0")),
                        List.of("start the node"));
            }

            @Override
            public void carryOut() {
                try {
                    Files.createDirectories(data);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                restored.add(file);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Requirement> requirements(Path config) {
        return List.of(new Requirement("master key", "beside " + config.getFileName(), "cd34", "same disk"));
    }
}
