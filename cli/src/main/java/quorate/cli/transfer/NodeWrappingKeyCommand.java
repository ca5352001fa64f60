package quorate.cli.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code node wrapping-key}: the RSA key for which others wrap shares that are meant for a node. */
@Command(
        name = "wrapping-key",
        description = {
            "Show the RSA key for which other installations wrap shares that are meant for this node.",
            "Read its fingerprint to the operators of the other installation; the card says the same in a file."
        },
        footer = {
            "  quorate node wrapping-key --node 2",
            "  quorate node wrapping-key --node 2 --out cards/node-2.json"
        })
public final class NodeWrappingKeyCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--node", required = true, paramLabel = "I", description = "The node.")
    private int node;

    @Option(names = "--out", paramLabel = "CARD", description = "Write the card into this file.")
    private @Nullable Path out;

    private record Shown(int node, String fingerprint, String publicKey, List<String> files) {}

    public NodeWrappingKeyCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var file = cluster.file(host);
        file.node(node);
        try (var clients = cluster.open(host); var client = clients.user(node)) {
            var key = client.wrappingKey();
            var lines = new ArrayList<>(List.of("node " + node + "  sha256:" + key.fingerprint().hex()));
            var files = new ArrayList<String>();
            if (out != null) {
                var target = host.resolve(out);
                WrappingCard.of(key).write(target);
                files.add(target.toString());
                lines.add("card    " + target);
            }
            return Outcome.of(new Shown(node, key.fingerprint().hex(), key.publicKey().hex(), files), lines)
                    .suggesting("quorate node allow --config FILE --destination CARD");
        }
    }
}
