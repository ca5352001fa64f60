package quorate.cli.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.RegisteredPlayer;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.TsmException;

/** {@code node register}: nodes that run learn of one that was not there when they started. */
@Command(
        name = "register",
        description = {
            "Make new nodes known to nodes that run. They are linked at once; nothing is started again.",
            "Compare the id of each card with its operator by voice first. What a node knows of another never changes",
            "by this. Every node must be told by one of its administrators."
        },
        footer = {"  quorate node register node-4.card node-5.card"})
public final class NodeRegisterCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    private final Founding founding;

    @Parameters(arity = "1..*", paramLabel = "CARD", description = "The cards of the new nodes.")
    private List<Path> cards = List.of();

    @Option(
            names = "--node",
            paramLabel = "I",
            description = "The node to tell; default all of which you are administrator.")
    private @Nullable Integer node;

    private record Registered(List<NewNode> registered, List<Told> nodes) {}

    private record NewNode(int index, String id) {}

    private record Told(int index, List<Integer> players) {}

    public NodeRegisterCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var ascending = new TreeMap<Integer, Founding.Card>();
        cards.stream().map(host::resolve).map(founding::read).forEach(card -> ascending.put(card.player(), card));
        try (var clients = cluster.open(host)) {
            var admins = clients.admins(Optional.ofNullable(node));
            var told = new ArrayList<Told>();
            var asked = new TreeSet<Integer>();
            Optional<TsmException> failure = Optional.empty();
            for (var admin : admins) {
                var others = ascending.values().stream().filter(card -> card.player() != admin.player()).toList();
                var answers = new AdminNodes(List.of(admin)).askEach(each -> register(each, others));
                answers.given().values().forEach(known -> told.add(new Told(known.node(), known.players())));
                failure = failure.or(answers::failure);
                asked.add(admin.player());
            }
            var fresh = ascending.values().stream()
                    .map(card -> new NewNode(card.player(), card.fingerprint()))
                    .toList();
            var outcome = Outcome.of(new Registered(fresh, told), lines(fresh, told));
            for (var other : clients.cluster().nodes()) {
                if (node == null && !asked.contains(other.index())) {
                    outcome = outcome.noting("The administrator of node " + other.index() + " must run the same command.");
                }
            }
            var all = outcome.noting("Put the new roster.toml beside every node.toml too: it is read at the next start.");
            return failure.map(TsmException::problem).map(all::failing).orElse(all);
        }
    }

    private static RegisteredPlayer register(AdminClient admin, List<Founding.Card> cards) {
        return cards.stream()
                .map(card -> admin.register(card.asPlayer()))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static List<String> lines(List<NewNode> fresh, List<Told> told) {
        var lines = new ArrayList<String>();
        fresh.forEach(card -> lines.add("node " + card.index() + "  id " + card.id()));
        told.forEach(one -> lines.add("node " + one.index() + "  knows nodes " + one.players()));
        return lines;
    }
}
