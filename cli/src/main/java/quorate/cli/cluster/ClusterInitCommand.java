package quorate.cli.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.node.Founding;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster init}: a whole cluster for one machine. */
@Command(
        name = "init",
        description = "Make configurations, identities and credentials of a cluster on this machine.",
        footer = {"  quorate cluster init quorate-cluster --nodes 3 --threshold 2"})
public final class ClusterInitCommand extends Action {
    private final Founding founding;

    @Parameters(paramLabel = "DIR", description = "The folder to make.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    @Option(names = "--nodes", required = true, paramLabel = "N", description = "How many nodes.")
    private int nodes;

    @Option(names = "--threshold", required = true, paramLabel = "T", description = "How many of them sign together.")
    private int threshold;

    @Option(
            names = "--database",
            paramLabel = "KIND",
            defaultValue = "sqlite",
            description = "The database of each node: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // has a default value
    private Database database;

    @Option(
            names = "--base-port",
            paramLabel = "P",
            defaultValue = "9100",
            description = "Node I listens on P + I for users and P + 100 + I for nodes; default ${DEFAULT-VALUE}.")
    private int basePort;

    @Option(
            names = "--recovery-key",
            paramLabel = "F",
            description = "List this RSA public key (PEM) on every node, for emergency recovery data.")
    private @Nullable Path recoveryKey;

    /** Where a node keeps its shares. */
    enum Database {
        SQLITE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Made(String cluster, String database, List<MadeNode> nodes) {}

    private record MadeNode(int index, String config, String api, String mpc) {}

    public ClusterInitCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var made = founding.cluster(host.resolve(folder), nodes, threshold, basePort);
        if (recoveryKey != null) {
            var key = host.resolve(recoveryKey);
            made.forEach(node -> founding.allowRecovery(node.config(), key));
        }
        var rows = made.stream()
                .map(node -> new MadeNode(node.index(), node.config().toString(), node.api(), node.mpc()))
                .toList();
        var lines = rows.stream()
                .map(node -> "node %d  %s  applications %s  nodes %s"
                        .formatted(node.index(), node.config(), node.api(), node.mpc()))
                .toList();
        var outcome = Outcome.of(new Made(folder.toString(), database.toString(), rows), lines)
                .suggesting("quorate cluster up " + folder + " --detach");
        return threshold == nodes
                ? outcome.noting("Every signature needs all " + nodes + " nodes, and a share that is lost cannot be"
                        + " repaired by the others: keep backups of every node.")
                : outcome;
    }
}
