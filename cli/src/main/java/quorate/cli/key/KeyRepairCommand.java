package quorate.cli.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.RepairShare;
import quorate.api.RepairState;
import quorate.api.ShareRepair;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Repairing;
import quorate.sdk.ShareRepairing;

/** {@code key repair}: gives one node its share back. */
@Command(
        name = "repair",
        description = {
            "Give one node its share of a key back, with the help of others. Public key and epoch stay.",
            "Running this is the approval of every node for which you have an administrator's credentials. The",
            "administrators of other nodes run the same, with --helpers and --session, within --wait."
        },
        footer = {
            "  quorate key repair treasury --node 3",
            "  quorate key repair treasury --node 3 --public-key 02a1b2..."
        })
public final class KeyRepairCommand extends Action {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(RepairShare.USUAL_WAIT_SECONDS);
    private static final Duration MAX_WAIT = Duration.ofSeconds(RepairShare.MAX_WAIT_SECONDS);

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--node", required = true, paramLabel = "R", description = "The node whose share is repaired.")
    private int node;

    @Option(
            names = "--public-key",
            paramLabel = "HEX",
            description = "The public key as you know it, not as a node shows it; needed if node R has no record of it.")
    private @Nullable String publicKey;

    @Option(names = "--helpers", paramLabel = "I", split = ",", description = "Which nodes help; default those that can.")
    private List<Integer> helpers = List.of();

    @Option(
            names = "--session",
            paramLabel = "HEX",
            description = "32 bytes that all administrators give; default new ones.")
    private @Nullable String session;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long the approval is good, and the nodes wait for each other; default 1m, at most 1h.")
    private Duration wait = USUAL_WAIT;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Repaired(
            String keyId,
            int node,
            List<Integer> helpers,
            String sessionId,
            @Nullable Long epoch,
            List<NodeState> nodes) {}

    private record NodeState(int index, String state) {}

    public KeyRepairCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        if (wait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("--wait must be at most 1h");
        }
        if (session != null && helpers.isEmpty()) {
            throw new IllegalArgumentException("--session needs --helpers: all administrators must name the same");
        }
        var what = new Repairing(
                id,
                node,
                helpers,
                Optional.ofNullable(publicKey).map(hex -> HexOption.parse("--public-key", hex)),
                wait,
                Optional.ofNullable(session).map(hex -> HexOption.parse("--session", hex)));
        try (var clients = cluster.open(host); var progress = progress()) {
            clients.cluster().node(node);
            var repairing = new ShareRepairing(clients.admins(), host.random());
            progress.show("asking the nodes for key " + id);
            var request = repairing.plan(what);
            progress.show("repairing node " + node + " with nodes " + request.helpers());
            var states = repairing.run(id, request, soFar -> progress.show(waitingFor(soFar)));
            return outcome(request, states);
        }
    }

    private static String waitingFor(SortedMap<Integer, ShareRepair> states) {
        return states.entrySet().stream()
                .map(node -> "node " + node.getKey() + " " + node.getValue().state().wireName())
                .collect(Collectors.joining(", "));
    }

    private Outcome outcome(RepairShare request, SortedMap<Integer, ShareRepair> states) {
        var nodes = states.entrySet().stream()
                .map(state -> new NodeState(
                        state.getKey(), state.getValue().state().wireName()))
                .toList();
        var repaired = states.values().stream()
                .filter(state -> state.state() == RepairState.REPAIRED)
                .findFirst();
        var json = new Repaired(
                id,
                node,
                request.helpers(),
                request.sessionId().hex(),
                repaired.map(ShareRepair::epoch).orElse(null),
                nodes);
        var lines = Stream.concat(
                        repaired.stream()
                                .map(share -> "node " + node + " has its share of key " + id + " again, epoch "
                                        + share.epoch()),
                        nodes.stream().map(state -> "node " + state.index() + "  " + state.state()))
                .toList();
        var outcome = Outcome.of(json, lines).suggesting("quorate key show " + id + cluster.suffix());
        return repaired.isPresent()
                ? outcome
                : outcome.noting("The administrator of node " + node + " sees whether the share arrived.");
    }
}
