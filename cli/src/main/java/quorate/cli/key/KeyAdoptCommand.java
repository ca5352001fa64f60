package quorate.cli.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.AdoptionApproval;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Answers;
import quorate.sdk.SharingAdoption;
import quorate.sdk.TsmException;

/** {@code key adopt}: an older epoch of a key is revived. */
@Command(
        name = "adopt",
        description = {
            "Revive an older epoch of a key when too few shares of the newest one are left to sign or to repair.",
            "Newer shares are given up. Stolen shares of that epoch have their value back until the next reshare.",
            "It takes the approval of as many nodes as sign: the administrators of other nodes run the same, with the",
            "--session and --drop that the first one is shown."
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

    @Option(
            names = "--session",
            paramLabel = "HEX",
            description = "32 bytes that all administrators give; default new ones.")
    private @Nullable String session;

    @Option(
            names = "--drop",
            paramLabel = "S",
            split = ",",
            description = "The newer sharings to give up, by name; default those that the nodes know.")
    private List<String> givenUp = List.of();

    private record Adopted(
            String keyId, long epoch, String sessionId, List<String> givenUp, boolean inForce, List<NodeState> nodes) {}

    private record NodeState(int index, String state) {}

    public KeyAdoptCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        if (session != null && givenUp.isEmpty()) {
            throw new IllegalArgumentException("--session needs --drop: all administrators must name the same");
        }
        try (var clients = cluster.open(host)) {
            var adoption = new SharingAdoption(clients.admins(), clients.users(), host.random());
            var plan = adoption.plan(new SharingAdoption.Order(
                    id,
                    epoch,
                    givenUp.stream().map(hex -> HexOption.parse("--drop", hex)).toList(),
                    Optional.ofNullable(session).map(hex -> HexOption.parse("--session", hex))));
            confirmation.require(
                    host.terminal(),
                    "This revives epoch %d of key %s on nodes %s and gives up %d newer sharings for ever."
                            .formatted(epoch, id, plan.holders(), plan.abandoned().size()),
                    id);
            return outcome(plan, adoption.approve(plan));
        }
    }

    private Outcome outcome(SharingAdoption.Plan plan, Answers<AdoptionApproval> answers) {
        var states = new ArrayList<NodeState>();
        answers.given().forEach((player, approval) -> states.add(state(player, approval)));
        boolean inForce = answers.given().values().stream().anyMatch(said -> said.state() == ApprovalState.DONE);
        var names = plan.abandoned().stream().map(Bytes::hex).toList();
        var lines = states.stream().map(node -> "node " + node.index() + "  " + node.state()).toList();
        var outcome = Outcome.of(
                new Adopted(id, epoch, plan.sessionId().hex(), names, inForce, states), lines);
        var failure = answers.failure().map(TsmException::problem);
        if (!inForce) {
            return outcome.noting("Administrators of other nodes among " + plan.holders() + " run:")
                    .noting("quorate key adopt " + id + " --epoch " + epoch + " --session " + plan.sessionId().hex()
                            + " --drop " + String.join(",", names))
                    .failing(failure.orElseGet(() -> notYet(plan, states.size())));
        }
        var done = outcome
                .noting("Repair the other nodes and reshare at once: until then stolen old shares are worth something.")
                .suggesting("quorate key show " + id + cluster.suffix())
                .suggesting("quorate key reshare " + id + cluster.suffix());
        return failure.map(done::failing).orElse(done);
    }

    private Problem notYet(SharingAdoption.Plan plan, int approved) {
        return Problem.of(
                ProblemCode.NOT_ENOUGH_NODES,
                "approved here, and not in force yet: key " + id + " needs the approval of " + plan.threshold()
                        + " nodes, " + approved + " of this administrator gave theirs");
    }

    private static NodeState state(int player, AdoptionApproval approval) {
        return new NodeState(player, approval.state().wireName());
    }
}
