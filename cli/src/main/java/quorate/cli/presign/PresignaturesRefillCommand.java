package quorate.cli.presign;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Refill;
import quorate.api.StandingOrder;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.TsmException;

/** {@code presignatures refill}: a standing order. */
@Command(
        name = "refill",
        description = {
            "Have the nodes keep so many unused presignatures of a key; they refill while they are idle.",
            "The order replaces the former one for the same players and survives restarts; level 0 ends it."
        },
        footer = {
            "  quorate presignatures refill --key treasury --level 200",
            "  quorate presignatures refill --key treasury --level 0 --players 1,2"
        })
public final class PresignaturesRefillCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--level", required = true, paramLabel = "N", description = "How many, at most 10000; 0 for none.")
    private int level;

    @Option(
            names = "--players",
            paramLabel = "I",
            split = ",",
            description = "Who will sign with them; default nodes that can.")
    private List<Integer> players = List.of();

    /** {@code nodes} are those that have the order now. */
    private record Order(String keyId, List<Integer> players, int level, List<Integer> nodes) {}

    public PresignaturesRefillCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        if (level < 0 || level > Refill.MAX_LEVEL) {
            throw new IllegalArgumentException("--level must be from 0 to " + Refill.MAX_LEVEL + ", not " + level);
        }
        try (var clients = cluster.open(host)) {
            var answers = clients.tsm().refill(id, players, level);
            if (answers.given().isEmpty()) {
                throw answers.failure().orElseThrow();
            }
            var order = answers.given().firstEntry().getValue();
            var report = new Order(
                    id, order.players(), order.level(), List.copyOf(answers.given().keySet()));
            var outcome = Outcome.of(report, List.of(line(order, report.nodes())))
                    .suggesting("quorate presignatures count --key " + id + cluster.suffix());
            return answers.failure().map(TsmException::problem).map(outcome::failing).orElse(outcome);
        }
    }

    private static String line(StandingOrder order, List<Integer> nodes) {
        return order.level() == 0
                ? "nodes " + nodes + " keep no presignatures of nodes " + order.players()
                : "nodes " + nodes + " keep " + order.level() + " presignatures of nodes " + order.players();
    }
}
