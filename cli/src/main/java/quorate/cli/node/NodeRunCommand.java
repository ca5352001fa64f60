package quorate.cli.node;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
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

    @Option(
            names = "--until-exit-of",
            paramLabel = "PID",
            description = "Stop when this process ends, which must be the one that starts the node.")
    private @Nullable Long parent;

    public NodeRunCommand(Host host, NodeRunner runner) {
        this.host = host;
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (parent != null) {
            endWith(parent);
        }
        return runner.run(host.resolve(config));
    }

    /** The parent may have ended before we looked: then another process is our parent, or none. */
    private static void endWith(long pid) {
        var process = ProcessHandle.current()
                .parent()
                .filter(parent -> parent.pid() == pid)
                .orElseThrow(() -> new CommandFailed(
                        ProblemCode.NODE_NOT_STARTED,
                        "process " + pid + ", with which this node was to end, has ended"));
        var _ = process.onExit().thenRun(() -> System.exit(Action.FAILED));
    }
}
