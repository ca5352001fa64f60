package quorate.cli.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.Bytes;
import quorate.api.Operation;
import quorate.api.ProblemCode;
import quorate.api.Resolve;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.Answers;
import quorate.sdk.TsmException;

/** {@code key resolve}: an operation that waits for a node which is gone comes to its end. */
@Command(
        name = "resolve",
        description = {
            "Stop waiting for a node that is gone in the unfinished operation of a key, on all other nodes.",
            "Only for a node that does not come back: it takes part in the key again only after its share was repaired,",
            "and it counts like a corrupt one from then on. Nothing undoes this."
        },
        footer = {"  quorate key resolve treasury --dead 3"})
public final class KeyResolveCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--dead", required = true, paramLabel = "I", description = "The node that is gone.")
    private int dead;

    @Option(
            names = "--operation",
            paramLabel = "HEX",
            description = "The operation; default the one that the nodes say is unfinished.")
    private @Nullable String operation;

    private record Resolved(String keyId, String opId, int dead, List<NodeState> nodes) {}

    private record NodeState(int index, String state) {}

    public KeyResolveCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host)) {
            clients.cluster().node(dead);
            var living = clients.admins().stream().filter(admin -> admin.player() != dead).toList();
            var opId = operation == null ? unfinished(living) : HexOption.parse("--operation", operation);
            confirmation.require(
                    host.terminal(),
                    "This declares node %d dead for operation %s of key %s, for ever.".formatted(dead, opId.hex(), id),
                    id);
            var request = new Resolve(opId, List.of(dead));
            var answers = new AdminNodes(living).askEach(admin -> admin.resolve(id, request));
            return report(clients, opId, answers);
        }
    }

    private Bytes unfinished(List<AdminClient> living) {
        var statuses = new AdminNodes(living).askEach(AdminClient::status);
        var open = new TreeSet<String>();
        statuses.given().values().forEach(status -> status.operations().stream()
                .filter(operation -> operation.keyId().equals(id))
                .forEach(operation -> open.add(operation.opId().hex())));
        if (open.size() != 1) {
            throw new CommandFailed(
                    ProblemCode.NOT_FOUND,
                    open.isEmpty()
                            ? "no node that answers has an unfinished operation of key " + id
                            : "the nodes have different unfinished operations of key " + id
                                    + ", name one with --operation: " + open,
                    "See with: quorate status" + cluster.suffix());
        }
        return Bytes.parse(open.first());
    }

    private Outcome report(Clients clients, Bytes opId, Answers<Operation> answers) {
        var states = new ArrayList<NodeState>();
        answers.given().forEach((player, operation) ->
                states.add(new NodeState(player, operation.state().wireName())));
        var lines = states.stream().map(node -> "node " + node.index() + "  " + node.state()).toList();
        var outcome = Outcome.of(new Resolved(id, opId.hex(), dead, states), lines)
                .suggesting("quorate key show " + id + cluster.suffix());
        for (var node : clients.cluster().nodes()) {
            boolean asked = answers.given().containsKey(node.index()) || answers.failures().containsKey(node.index());
            if (node.index() != dead && !asked) {
                outcome = outcome.noting("The administrator of node " + node.index() + " must run the same command.");
            }
        }
        return answers.failure().map(TsmException::problem).map(outcome::failing).orElse(outcome);
    }
}
