package quorate.cli.cluster;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.node.Founding;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code cluster assemble}: the files that all must share, from all cards. */
@Command(
        name = "assemble",
        description = {
            "Make roster.toml, which all nodes must share, and cluster.toml for users, from the cards of all nodes.",
            "Read the ids aloud to the other operators before you trust the result."
        },
        footer = {"  quorate cluster assemble node-1.card node-2.card node-3.card --threshold 2 --out quorate-cluster"})
public final class ClusterAssembleCommand extends Action {
    private final Founding founding;

    @Parameters(arity = "2..*", paramLabel = "CARD", description = "The cards of all nodes, in any order.")
    private List<Path> cards = List.of();

    @Option(names = "--threshold", required = true, paramLabel = "T", description = "How many nodes sign together.")
    private int threshold;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to make.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    private record Assembled(String cluster, int threshold, List<Member> nodes) {}

    private record Member(int index, String id) {}

    public ClusterAssembleCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var all = founding.assemble(cards.stream().map(host::resolve).toList(), threshold, host.resolve(out));
        var members = all.stream().map(card -> new Member(card.player(), card.fingerprint())).toList();
        var lines = members.stream().map(m -> "node " + m.index() + "  " + m.id()).toList();
        return Outcome.of(new Assembled(out.toString(), threshold, members), lines)
                .noting("Give " + out.resolve("roster.toml") + " to every operator; it goes beside node.toml.")
                .noting("Users put their credentials, one line per node, into " + out.resolve("credentials")
                        + "/user.key (mode 0600).");
    }
}
