package quorate.cli.presign;

import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code presignatures count}: what every node holds. */
@Command(
        name = "count",
        description = "Count the unused presignatures of a key on every node, with whom they are, and what is kept.",
        footer = {"  quorate presignatures count --key treasury"})
public final class PresignaturesCountCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    public PresignaturesCountCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            var counts = NodeCounts.of(
                    clients.tsm().presignatureCount(id),
                    (player, levels) -> new NodeCounts.Row(player, levels.count(), levels.pools(), null));
            if (counts.nobodyAnswered()) {
                throw new CommandFailed(counts.failure().orElseThrow());
            }
            var outcome = counts.outcome("presignatures");
            for (var line : pools(counts)) {
                outcome = outcome.noting(line);
            }
            return outcome;
        }
    }

    private static Iterable<String> pools(NodeCounts counts) {
        var lines = new ArrayList<String>();
        for (var row : counts.nodes()) {
            var pools = row.pools();
            if (pools != null) {
                pools.forEach(pool -> lines.add("node " + row.index() + ": " + pool.count() + " with nodes "
                        + pool.players() + (pool.level() == null ? "" : ", kept at " + pool.level())));
            }
        }
        return lines;
    }
}
