package quorate.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.BackupState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupCreation.Made;
import quorate.cli.backup.Ledger.FileEntry;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.TsmException;

/** {@code backup create}: one file per node, of one moment. */
@Command(
        name = "create",
        description = {
            "Pause all nodes, write one backup file per node, read every file back, and resume.",
            "Signing goes on meanwhile. The pause ends by itself should this command be killed."
        },
        footer = {"  quorate backup create --out /srv/backups/quorate"})
public final class BackupCreateCommand extends Action {
    private final BackupFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the files.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "10m",
            description = "How long one node may take; default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default value
    private Duration deadline;

    private record Report(String backupId, List<FileReport> files, List<Integer> withoutCredentials, boolean ok) {}

    private record FileReport(
            int node, String file, BackupState state, String digest, long bytes, int keys, String detail) {}

    public BackupCreateCommand(Host host, BackupFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host); var progress = progress()) {
            progress.show("backing up " + clients.admins().size() + " nodes");
            var creation = new BackupCreation(files, host.clock(), host.random(), deadline);
            return report(creation.run(clients.admins(), host.resolve(out)), without(clients));
        } catch (TsmException.Interrupted e) {
            throw new CommandFailed(
                    ProblemCode.INTERRUPTED,
                    "interrupted; the pause was ended, no incomplete file has the name of a backup");
        }
    }

    private static List<Integer> without(Clients clients) {
        var known = clients.admins().stream().map(AdminClient::player).collect(Collectors.toSet());
        return clients.cluster().nodes().stream()
                .map(node -> node.index())
                .filter(index -> !known.contains(index))
                .toList();
    }

    private Outcome report(Made made, List<Integer> without) {
        var rows = made.entry().files().stream().map(file -> row(made.folder(), file)).toList();
        var lines = rows.stream().map(BackupCreateCommand::line).toList();
        var outcome = Outcome.of(new Report(made.entry().backupId(), rows, without, made.ok()), lines);
        if (!without.isEmpty()) {
            outcome = outcome.noting("not backed up, for want of credentials: node " + without);
        }
        for (var unresumed : made.resumed().failures().keySet()) {
            outcome = outcome.noting("node " + unresumed + " could not be told to resume; it will by itself");
        }
        if (made.ok()) {
            return outcome.suggesting("quorate backup verify "
                    + rows.stream().map(FileReport::file).collect(Collectors.joining(" ")) + cluster.suffix());
        }
        return outcome.failing(Problem.of(ProblemCode.BACKUP_FAILED, made.failures()));
    }

    private static FileReport row(Path folder, FileEntry file) {
        return new FileReport(
                file.node(),
                folder.resolve(file.file()).toString(),
                file.state(),
                file.digest().hex(),
                file.bytes(),
                file.keys(),
                file.detail());
    }

    private static String line(FileReport file) {
        return file.state() == BackupState.COMPLETE
                ? "node " + file.node() + "  " + file.file() + "  " + file.keys() + " keys, " + file.bytes() + " bytes"
                : "node " + file.node() + "  NO BACKUP: " + file.detail();
    }
}
