package quorate.cli.presign;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.DeletedPresignatures;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code presignatures delete}: those of one key, everywhere. */
@Command(
        name = "delete",
        description = {
            "Wipe all unused presignatures of a key on all nodes. The key signs as before.",
            "Never needed for safety: presignatures survive nothing."
        },
        footer = {"  quorate presignatures delete --key treasury --yes"})
public final class PresignaturesDeleteCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    public PresignaturesDeleteCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        confirmation.requireOnTerminal(
                host.terminal(), "This wipes all unused presignatures of key " + id + " on all nodes.", id);
        try (var clients = cluster.open(host)) {
            var counts = NodeCounts.counting(
                    clients.tsm().deletePresignatures(id), DeletedPresignatures::deleted);
            var outcome = counts.outcome("deleted");
            return counts.failure().map(outcome::failing).orElse(outcome);
        }
    }
}
