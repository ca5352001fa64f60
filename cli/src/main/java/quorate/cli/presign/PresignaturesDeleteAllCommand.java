package quorate.cli.presign;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.DeletedPresignatures;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;

/** {@code presignatures delete-all}: those of all keys. */
@Command(
        name = "delete-all",
        description = {
            "Wipe all unused presignatures of all nodes, or of one, as its administrator. All keys sign as before.",
            "Never needed for safety after a restore: presignatures survive nothing."
        },
        footer = {"  quorate presignatures delete-all", "  quorate presignatures delete-all --node 2 --yes"})
public final class PresignaturesDeleteAllCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Option(names = "--node", paramLabel = "I", description = "Only this node; default all.")
    private @Nullable Integer node;

    public PresignaturesDeleteAllCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        confirmation.requireOnTerminal(
                host.terminal(),
                "This wipes all unused presignatures of " + (node == null ? "all nodes." : "node " + node + "."),
                "all");
        try (var clients = cluster.open(host)) {
            var counts = NodeCounts.counting(
                    new AdminNodes(clients.admins(Optional.ofNullable(node)))
                            .askEach(AdminClient::deleteAllPresignatures),
                    DeletedPresignatures::deleted);
            var outcome = counts.outcome("deleted");
            return counts.failure().map(outcome::failing).orElse(outcome);
        }
    }
}
