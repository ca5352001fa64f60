package quorate.cli.key;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code key delete}: erases one node's share. */
@Command(
        name = "delete",
        description = {
            "Erase the share of one node. The other nodes keep theirs, and a quorum of them still signs.",
            "The key id is never used again on that node."
        },
        footer = {"  quorate key delete treasury --node 3"})
public final class KeyDeleteCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--node", required = true, paramLabel = "I", description = "The node whose share is erased.")
    private int node;

    /** {@code canSign} are the nodes whose shares are left, {@code usable} whether they are enough to sign. */
    private record Deleted(String keyId, long epoch, int node, List<Integer> canSign, boolean usable) {}

    public KeyDeleteCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host)) {
            var admin = clients.admin(node);
            var key = admin.key(id);
            var left = left(clients);
            confirmation.require(
                    host.terminal(),
                    "This erases the share of key %s (%d of nodes %s, epoch %d) on node %d for ever. %s"
                            .formatted(
                                    id, key.threshold(), key.players(), key.epoch(), node, what(left, key.threshold())),
                    id);
            var deleted = admin.deleteShare(id);
            var line = "node " + node + " has erased its share of key " + id + ", epoch " + deleted.epoch();
            var report = new Deleted(deleted.keyId(), deleted.epoch(), node, left, left.size() >= key.threshold());
            return Outcome.of(report, List.of(line, what(left, key.threshold())))
                    .suggesting("quorate key show " + id + cluster.suffix());
        }
    }

    /** The nodes that can still sign without this one, as far as they answer. */
    private List<Integer> left(Clients clients) {
        return clients.tsm().showKey(id).signers().stream()
                .filter(player -> player != node)
                .toList();
    }

    private static String what(List<Integer> left, int threshold) {
        int spare = left.size() - threshold;
        if (spare < 0) {
            return "THE KEY IS LOST THEN: nodes " + left + " are left, and " + threshold + " are needed to sign.";
        }
        return "Nodes " + left + " still sign; " + (spare == 0 ? "none of them" : spare + " of them") + " may fail.";
    }
}
