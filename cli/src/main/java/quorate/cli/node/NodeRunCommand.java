package quorate.cli.node;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Host;

/** {@code node run}: one node in the foreground. */
@Command(
        name = "run",
        description = "Run one node in the foreground until it is asked to stop (Ctrl-C, SIGTERM).",
        footer = {"  quorate node run --config quorate-cluster/node-1/node.toml"})
public final class NodeRunCommand implements Callable<Integer> {
    private final Host host;
    private final NodeRunner runner;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node.toml of the node.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path config;

    public NodeRunCommand(Host host, NodeRunner runner) {
        this.host = host;
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        return runner.run(host.resolve(config));
    }
}
