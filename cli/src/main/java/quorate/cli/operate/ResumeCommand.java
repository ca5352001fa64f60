package quorate.cli.operate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;

/** {@code resume}: ends a pause. */
@Command(
        name = "resume",
        description = "End the pause of all nodes, or of one. On a node that is not paused nothing happens.",
        footer = {"  quorate resume", "  quorate resume --node 2"})
public final class ResumeCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--node", paramLabel = "I", description = "Only this node; default all.")
    private @Nullable Integer node;

    public ResumeCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            return PauseRun.change(clients.admins(Optional.ofNullable(node)), AdminClient::resume)
                    .suggesting("quorate status" + cluster.suffix());
        }
    }
}
