package quorate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.drill.ScratchFounding;
import quorate.sdk.NodeEndpoint;
import quorate.testkit.http.FakeCluster;

/** Scratch nodes that answer as the fake ones do. */
final class FakeScratch implements ScratchFounding {
    final List<Path> folders = new ArrayList<>();
    /** What their configurations say. */
    String text = "scratch";

    private final FakeCluster nodes;

    FakeScratch(FakeCluster nodes) {
        this.nodes = nodes;
    }

    @Override
    public Live live(SortedMap<Integer, Path> configs) {
        return new Live(nodes.nodes().stream().map(node -> node.player()).toList(), Set.of());
    }

    @Override
    public ClusterFile found(Path folder, SortedMap<Integer, Path> configs, SortedMap<Integer, Ports> ports) {
        folders.add(folder);
        var keys = folder.resolve("drill.key");
        var user = new StringBuilder();
        var founded = new ArrayList<ClusterFile.Node>();
        try {
            for (int player : new TreeSet<>(configs.keySet())) {
                var config = Files.createDirectory(folder.resolve("node-" + player)).resolve("node.toml");
                Files.writeString(config, text);
                user.append(player).append(" = \"").append(FakeCluster.USER_KEY).append("\"\n");
                var node = nodes.node(player);
                founded.add(
                        new ClusterFile.Node(new NodeEndpoint(player, node.api(), node.apiSha256()), config));
            }
            Files.writeString(keys, user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandLineFixture.ownerOnly(keys);
        return new ClusterFile(folder, 2, founded, keys, keys);
    }
}
