package quorate.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupFiles.KeyVerdict;
import quorate.cli.backup.BackupFiles.Plan;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.cluster.LocalNodes;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code backup restore}: the database of one node, from its backup file. */
@Command(
        name = "restore",
        description = {
            "Restore the database of one node, which must be stopped, from its backup file.",
            "Everything is validated and the plan is printed before the first change."
        },
        footer = {
            "  quorate backup restore backups/20261122t033000z-5f1d0c0a-node-2.qbk --node 2 --dry-run",
            "  quorate backup restore backups/20261122t033000z-5f1d0c0a-node-2.qbk --node 2"
        })
public final class BackupRestoreCommand extends Action {
    private final BackupFiles files;
    private final NodeStarter starter;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "FILE", description = "The backup file of this node.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path file;

    @Option(names = "--node", required = true, paramLabel = "I", description = "The node to restore.")
    private int node;

    @Option(names = "--replace", description = "Replace the database that is there.")
    private boolean replace;

    @Option(
            names = "--key",
            paramLabel = "ID",
            description = "Take only this node's share of one key out of the file, into the database that is there.")
    private Optional<String> keyId = Optional.empty();

    @Option(names = "--dry-run", description = "Validate and print the plan; change nothing.")
    private boolean dryRun;

    private record Report(
            int node,
            String backupId,
            String masterKey,
            boolean dryRun,
            List<String> files,
            List<KeyVerdict> keys,
            List<String> afterwards,
            boolean ok) {}

    public BackupRestoreCommand(Host host, BackupFiles files, NodeStarter starter) {
        super(host);
        this.files = files;
        this.starter = starter;
    }

    @Override
    protected Outcome run() throws IOException {
        var target = cluster.file(host);
        var config = target.configOf(node);
        var process = new LocalNodes(target, starter, host).running(target.node(node));
        if (process.isPresent()) {
            throw new CommandFailed(
                    ProblemCode.NODE_RUNNING,
                    "node " + node + " runs as process " + process.get().pid());
        }
        try (var restore = files.open(host.resolve(file), config, keyId, replace)) {
            var plan = restore.plan();
            if (speaksToPeople()) {
                lines(plan).forEach(host.terminal()::say);
            }
            if (dryRun) {
                return report(plan, "Nothing was changed.");
            }
            if (replace) {
                confirmation.requireOnTerminal(
                        host.terminal(),
                        keyId.map(key -> "This replaces the share of key " + key + " on node " + node + ".")
                                .orElse("This replaces the database of node " + node + "."),
                        keyId.orElse("node-" + node));
            }
            restore.carryOut();
            return report(plan, "Node " + node + " is restored.")
                    .suggesting("quorate cluster up " + cluster.folder(host) + " --detach")
                    .suggesting("quorate status" + cluster.suffix());
        }
    }

    private List<String> lines(Plan plan) {
        var lines = new ArrayList<String>();
        lines.add("node " + node + ", from backup " + plan.backupId() + " of " + plan.createdAt());
        lines.add("master key  " + plan.masterKey());
        plan.keys().forEach(key -> lines.add(
                "key " + key.keyId() + (key.restorable() ? "  comes back" : "  NOT usable") + ": " + key.why()));
        plan.afterwards().forEach(step -> lines.add("afterwards: " + step));
        return lines;
    }

    private Outcome report(Plan plan, String last) {
        return Outcome.of(
                new Report(
                        node,
                        plan.backupId(),
                        plan.masterKey(),
                        dryRun,
                        List.of(file.toString()),
                        plan.keys(),
                        plan.afterwards(),
                        true),
                List.of(last));
    }
}
