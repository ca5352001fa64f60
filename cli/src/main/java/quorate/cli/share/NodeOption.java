package quorate.cli.share;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Host;

/** Which node: one of the cluster folder, or the one of a configuration file. */
final class NodeOption {
    @Option(names = "--node", paramLabel = "I", description = "The node, by its number in the cluster folder.")
    private @Nullable Integer node;

    @Option(names = "--node-config", paramLabel = "FILE", description = "The node, by its node.toml.")
    private @Nullable Path config;

    /** Its number, if it was named so. */
    Optional<Integer> number() {
        return Optional.ofNullable(node);
    }

    /** Its node.toml, which is on this machine. */
    Path config(ClusterOption cluster, Host host) {
        if (config != null) {
            return host.resolve(config);
        }
        return cluster.file(host).configOf(Optional.ofNullable(node).orElseThrow());
    }
}
