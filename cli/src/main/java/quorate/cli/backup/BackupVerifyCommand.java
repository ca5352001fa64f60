package quorate.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import quorate.api.Problem;
import quorate.cli.backup.BackupFiles.Finding;
import quorate.cli.backup.BackupFiles.KeyVerdict;
import quorate.cli.backup.BackupFiles.Verification;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code backup verify}: what these files are worth. */
@Command(
        name = "verify",
        description = {
            "Check backup files, each and against one another, and say which keys they bring back. Needs no node.",
            "Where the configuration of a node is on this machine, its shares are opened and checked as well."
        },
        footer = {"  quorate backup verify backups/20261122t033000z-5f1d0c0a-node-*.qbk"})
public final class BackupVerifyCommand extends Action {
    private final BackupFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files: exactly these are checked.")
    private List<Path> named = List.of();

    private record Report(List<FileReport> files, List<KeyVerdict> keys, boolean ok) {}

    public BackupVerifyCommand(Host host, BackupFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() throws IOException {
        var paths = named.stream().map(host::resolve).toList();
        var verification = files.verify(paths, configs());
        var outcome = report(verification);
        try {
            keep(verification);
            return outcome;
        } catch (IOException e) {
            return outcome.noting("the result could not be kept: " + e.getMessage());
        }
    }

    private SortedMap<Integer, Path> configs() {
        var configs = new TreeMap<Integer, Path>();
        cluster.fileIfPresent(host).map(ClusterFile::nodes).orElse(List.of()).forEach(node -> node.localConfig()
                .ifPresent(config -> configs.put(node.index(), config)));
        return configs;
    }

    private Outcome report(Verification verification) {
        var rows = verification.files().stream().map(FileReport::of).toList();
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.addAll(row.lines()));
        verification.keys().forEach(key -> lines.add("key " + key.keyId()
                + (key.restorable() ? "  comes back" : "  does NOT come back") + ": " + key.why()));
        var outcome = Outcome.of(new Report(rows, verification.keys(), verification.ok()), lines);
        return verification.first().map(BackupVerifyCommand::problem).map(outcome::failing).orElse(outcome);
    }

    private static Problem problem(Finding finding) {
        return Problem.of(finding.code(), finding.detail()).advising(finding.remedy());
    }

    /** Every result is kept beside the files. */
    private void keep(Verification verification) throws IOException {
        for (var verdict : verification.files()) {
            var folder = verdict.file().toAbsolutePath().getParent();
            if (folder != null && Ledger.isIn(folder)) {
                var detail = verdict.findings().isEmpty()
                        ? verification.files().size() + " files together"
                        : verdict.findings().getFirst().code() + ": " + verdict.findings().getFirst().detail();
                new Ledger(folder)
                        .record(
                                String.valueOf(verdict.file().getFileName()),
                                new Ledger.Check(host.clock().instant(), verification.ok(), detail));
            }
        }
    }
}
