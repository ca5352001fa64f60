package quorate.cli.cluster;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.NodeEndpoint;

/**
 * {@code cluster.toml}: how the users of a cluster reach its nodes.
 *
 * @param folder where it is; the paths in it are relative to that
 * @param threshold how many nodes sign, unless a key says otherwise
 * @param nodes ascending by index
 * @param userKeys the credentials file of a key user
 * @param adminKeys the credentials file of an administrator
 */
public record ClusterFile(Path folder, int threshold, List<Node> nodes, Path userKeys, Path adminKeys) {
    private static final String NAME = "cluster.toml";

    /**
     * One node.
     *
     * @param config its node.toml, if it runs on this machine
     */
    public record Node(NodeEndpoint endpoint, @Nullable Path config) {
        public int index() {
            return endpoint.player();
        }

        public Optional<Path> localConfig() {
            return Optional.ofNullable(config);
        }

        /** The folder of a node that runs on this machine. */
        public Optional<Path> localFolder() {
            return localConfig().map(file -> file.toAbsolutePath().getParent());
        }
    }

    public ClusterFile {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads {@code folder/cluster.toml}.
     *
     * @throws CommandFailed if it is missing, malformed, or has a setting that is not known
     */
    public static ClusterFile load(Path folder) {
        var file = TomlFile.read(folder.resolve(NAME));
        var top = file.root().only("threshold", "credentials", "node");
        var credentials = top.table("credentials").only("user", "admin");
        var nodes = top.tables("node").stream()
                .map(table -> node(folder, table.only("index", "api", "api-sha256", "config")))
                .toList();
        requireDistinctAscending(file, nodes);
        return new ClusterFile(
                folder,
                top.number("threshold"),
                nodes,
                folder.resolve(credentials.text("user")),
                folder.resolve(credentials.text("admin")));
    }

    /** The credentials file of whoever may disclose keys to custodians, beside that of the administrator. */
    public Path custodianKeys() {
        return adminKeys.resolveSibling("custodian.key");
    }

    public Node node(int index) {
        return nodes.stream()
                .filter(node -> node.index() == index)
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ProblemCode.USAGE,
                        "there is no node " + index + "; the nodes are "
                                + nodes.stream().map(Node::index).toList(),
                        "Name one of them."));
    }

    /** The node.toml of a node that must run on this machine. */
    public Path configOf(int index) {
        return node(index)
                .localConfig()
                .orElseThrow(() -> new CommandFailed(
                        ProblemCode.CONFIGURATION,
                        "node " + index + " does not run on this machine: " + folder.resolve(NAME)
                                + " names no config for it",
                        "Run the command where the node runs, with its own cluster folder."));
    }

    private static Node node(Path folder, TomlFile.Table table) {
        try {
            var endpoint = new NodeEndpoint(table.number("index"), table.uri("api"), table.bytes("api-sha256"));
            return new Node(endpoint, table.optionalText("config").map(folder::resolve).orElse(null));
        } catch (IllegalArgumentException e) {
            throw table.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static void requireDistinctAscending(TomlFile file, List<Node> nodes) {
        var seen = new HashSet<Integer>();
        int previous = 0;
        for (var node : nodes) {
            if (!seen.add(node.index()) || node.index() < previous) {
                throw file.root().wrong("the nodes must be distinct and ascending by index");
            }
            previous = node.index();
        }
        if (nodes.isEmpty()) {
            throw file.root().wrong("there is no [[node]]");
        }
    }
}
