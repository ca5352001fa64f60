package quorate.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster down}: stops the nodes on this machine. */
@Command(
        name = "down",
        description = "Stop the nodes of a cluster on this machine, and wait until they have.",
        footer = {"  quorate cluster down quorate-cluster"})
public final class ClusterDownCommand extends Action {
    private final NodeStarter starter;

    @Parameters(paramLabel = "DIR", description = "The cluster folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    public ClusterDownCommand(Host host, NodeStarter starter) {
        super(host);
        this.starter = starter;
    }

    @Override
    protected Outcome run() throws IOException {
        var nodes = new LocalNodes(ClusterFile.load(host.resolve(folder)), starter, host);
        try (var progress = progress()) {
            return NodeStatesReport.of(nodes.down(progress)).suggesting("quorate cluster up " + folder + " --detach");
        }
    }
}
