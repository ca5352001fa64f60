package quorate.cli.operate;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.PauseRequest;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code pause}: stops creation and change of keys. */
@Command(
        name = "pause",
        description = {
            "Stop creation, import and change of keys; signing goes on. Survives a restart of the nodes.",
            "With --for the nodes resume by themselves."
        },
        footer = {"  quorate pause --for 10m --reason 'snapshot of the volumes'", "  quorate pause --node 2"})
public final class PauseCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Resume after so long, such as 90s, 10m or 2h.")
    private @Nullable Duration limit;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; shown to everybody who is refused.")
    private @Nullable String reason;

    @Option(names = "--node", paramLabel = "I", description = "Only this node; default all.")
    private @Nullable Integer node;

    public PauseCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        var request = new PauseRequest(limit == null ? null : limit.toSeconds(), reason, null);
        try (var clients = cluster.open(host)) {
            return PauseRun.change(clients.admins(Optional.ofNullable(node)), admin -> admin.pause(request))
                    .suggesting("quorate resume" + cluster.suffix());
        }
    }
}
