package quorate.cli.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.node.Founding;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster add-node}: more nodes in a cluster on this machine. */
@Command(
        name = "add-node",
        description = {
            "Make more nodes in a cluster on this machine.",
            "Writes configurations, identities and credentials, and enters the nodes in roster.toml and cluster.toml.",
            "Nodes that run go on, and learn of the new ones with node register."
        },
        footer = {"  quorate cluster add-node quorate-cluster --nodes 2"})
public final class ClusterAddNodeCommand extends Action {
    private final Founding founding;

    @Parameters(paramLabel = "DIR", description = "The folder of the cluster.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    @Option(names = "--nodes", paramLabel = "N", description = "How many; default ${DEFAULT-VALUE}.")
    private int nodes = 1;

    private record Added(String cluster, List<AddedNode> nodes) {}

    private record AddedNode(int index, String config, String card, String api, String mpc) {}

    public ClusterAddNodeCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        if (nodes < 1) {
            throw new IllegalArgumentException("--nodes must be at least 1");
        }
        var added = new ArrayList<AddedNode>();
        for (int i = 0; i < nodes; i++) {
            var node = founding.add(host.resolve(folder));
            added.add(new AddedNode(
                    node.index(),
                    node.config().toString(),
                    node.config().resolveSibling("card.toml").toString(),
                    node.api(),
                    node.mpc()));
        }
        var lines = added.stream()
                .map(node -> "node %d  %s  applications %s  nodes %s"
                        .formatted(node.index(), node.config(), node.api(), node.mpc()))
                .toList();
        var cards = added.stream().map(AddedNode::card).collect(Collectors.joining(" "));
        return Outcome.of(new Added(folder.toString(), added), lines)
                .suggesting("quorate cluster up " + folder + " --detach")
                .suggesting("quorate node register " + cards + " --cluster " + folder);
    }
}
