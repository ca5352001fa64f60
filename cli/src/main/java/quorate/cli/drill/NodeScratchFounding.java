package quorate.cli.drill;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.terminal.CommandFailed;
import quorate.node.config.Card;
import quorate.node.config.ConfigException;
import quorate.node.config.ScratchFiles;
import quorate.sdk.NodeEndpoint;

/** Configurations as the node module writes them. */
public final class NodeScratchFounding implements ScratchFounding {
    private final SecureRandom random;

    public NodeScratchFounding(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Live live(SortedMap<Integer, Path> configs) {
        try {
            var roster = ScratchFiles.roster(configs);
            var ports = new HashSet<Integer>();
            roster.players().forEach(card -> {
                ports.add(card.mpc().port());
                ports.add(card.api().port());
            });
            return new Live(roster.players().stream().map(Card::player).toList(), ports);
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public ClusterFile found(Path folder, SortedMap<Integer, Path> configs, SortedMap<Integer, Ports> ports) {
        var places = new TreeMap<Integer, ScratchFiles.Ports>();
        ports.forEach((player, place) -> places.put(player, new ScratchFiles.Ports(place.api(), place.mpc())));
        try {
            var files = ScratchFiles.write(folder, configs, places, random);
            var nodes = files.nodes().entrySet().stream()
                    .map(node -> new ClusterFile.Node(
                            new NodeEndpoint(
                                    node.getKey(),
                                    URI.create("https://" + node.getValue().api()),
                                    Bytes.of(node.getValue().apiPin().bytes())),
                            node.getValue().config()))
                    .toList();
            return new ClusterFile(folder, files.threshold(), nodes, files.credentials(), files.credentials());
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    private static CommandFailed failed(ConfigException e) {
        return new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }
}
