package quorate.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster up}: one process per node. */
@Command(
        name = "up",
        description = {
            "Start the nodes of a cluster on this machine, one process each, and wait until they are ready.",
            "In the foreground it stops them on Ctrl-C; with --detach they go on."
        },
        footer = {"  quorate cluster up quorate-cluster --detach"})
public final class ClusterUpCommand extends Action {
    private final NodeStarter starter;

    @Parameters(paramLabel = "DIR", description = "The cluster folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    @Option(names = "--detach", description = "Return when the nodes are ready, and let them run.")
    private boolean detach;

    public ClusterUpCommand(Host host, NodeStarter starter) {
        super(host);
        this.starter = starter;
    }

    @Override
    protected Outcome run() throws IOException, InterruptedException {
        var nodes = new LocalNodes(ClusterFile.load(host.resolve(folder)), starter, host);
        try (var progress = progress()) {
            var report = NodeStatesReport.of(nodes.up(detach, progress));
            return detach
                    ? report.suggesting("quorate key generate --scheme schnorr --curve ed25519 --cluster " + folder)
                    : report.noting("The nodes run until Ctrl-C.").then(() -> stopOnInterrupt(nodes));
        }
    }

    private void stopOnInterrupt(LocalNodes nodes) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            try (var progress = progress()) {
                nodes.down(progress);
                host.terminal().note("The nodes have stopped.");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            throw e;
        }
    }
}
