package quorate.cli.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.AdoptionApproval;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.SharingAdoption;
import quorate.sdk.TsmException;

/** {@code key adopt}: an older epoch of a key is revived. */
@Command(
        name = "adopt",
        description = {
            "Revive an older epoch of a key when too few shares of the newest one are left to sign or to repair.",
            "Newer shares are given up. Stolen shares of that epoch have their value back until the next reshare."
        },
        footer = {"  quorate key adopt treasury --epoch 2"})
public final class KeyAdoptCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--epoch", required = true, paramLabel = "E", description = "The epoch to revive.")
    private long epoch;

    private record Adopted(String keyId, long epoch, List<NodeState> nodes) {}

    private record NodeState(int index, String state) {}

    public KeyAdoptCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        try (var clients = cluster.open(host)) {
            var adoption = new SharingAdoption(clients.admins(), host.random());
            var plan = adoption.plan(id, epoch);
            confirmation.require(
                    host.terminal(),
                    "This revives epoch %d of key %s on nodes %s and gives up %d newer sharings for ever."
                            .formatted(epoch, id, plan.holders(), plan.abandoned().size()),
                    id);
            var answers = adoption.approve(plan);
            var states = new ArrayList<NodeState>();
            answers.given().forEach((player, approval) -> states.add(state(player, approval)));
            var lines = states.stream().map(node -> "node " + node.index() + "  " + node.state()).toList();
            var outcome = Outcome.of(new Adopted(id, epoch, states), lines)
                    .noting("Repair the other nodes and reshare at once: until then stolen old shares are worth something.")
                    .suggesting("quorate key show " + id + cluster.suffix())
                    .suggesting("quorate key reshare " + id + cluster.suffix());
            return answers.failure().map(TsmException::problem).map(outcome::failing).orElse(outcome);
        }
    }

    private static NodeState state(int player, AdoptionApproval approval) {
        return new NodeState(player, approval.state().wireName());
    }
}
