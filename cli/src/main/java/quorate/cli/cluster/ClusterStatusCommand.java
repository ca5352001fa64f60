package quorate.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster status}: processes and readiness of the nodes. */
@Command(
        name = "status",
        description = "Show which processes run the nodes of a cluster, and which nodes can sign.",
        footer = {"  quorate cluster status quorate-cluster"})
public final class ClusterStatusCommand extends Action {
    private final NodeStarter starter;

    @Parameters(paramLabel = "DIR", description = "The cluster folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    public ClusterStatusCommand(Host host, NodeStarter starter) {
        super(host);
        this.starter = starter;
    }

    @Override
    protected Outcome run() throws IOException {
        var cluster = ClusterFile.load(host.resolve(folder));
        return NodeStatesReport.of(new LocalNodes(cluster, starter, host).states())
                .suggesting("quorate status --cluster " + folder);
    }
}
