package quorate.cli.node;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code node card}: what a node tells the others about itself. */
@Command(
        name = "card",
        description = "Print the card of a node: public keys and addresses, and the id to read aloud.",
        footer = {"  quorate node card --config node-1/node.toml > node-1.card"})
public final class NodeCardCommand extends Action {
    private final Founding founding;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node.toml of the node.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path config;

    public NodeCardCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        return CardReport.of(founding.card(host.resolve(config)));
    }
}
