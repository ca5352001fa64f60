package quorate.cli.node;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code node init}: the identity of one node, for separate organisations. */
@Command(
        name = "init",
        description = {
            "Make the configuration and the identity of one node, and print its card.",
            "For nodes of separate organisations. Only the card, which is public, leaves this machine."
        },
        footer = {
            "  quorate node init node-1 --player 1 --mpc n1.example.org:9201 --api n1.example.org:9101"
        })
public final class NodeInitCommand extends Action {
    private final Founding founding;

    @Parameters(paramLabel = "DIR", description = "The folder to make.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path folder;

    @Option(names = "--player", required = true, paramLabel = "I", description = "The number of the node, from 1.")
    private int player;

    @Option(names = "--mpc", required = true, paramLabel = "HOST:PORT", description = "Where the other nodes reach it.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private String mpc;

    @Option(names = "--api", required = true, paramLabel = "HOST:PORT", description = "Where applications reach it.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private String api;

    public NodeInitCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var target = host.resolve(folder);
        return CardReport.of(founding.node(target, player, mpc, api))
                .noting("Give the card to the other operators, and compare the id by voice.")
                .suggesting("quorate cluster assemble CARD... --threshold T --out DIR");
    }
}
