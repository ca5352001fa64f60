package quorate.cli.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quorate.api.Pair;
import quorate.api.Peer;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Status;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Answers;
import quorate.sdk.Quorum;
import quorate.sdk.Readiness;

/** {@code status}: can I sign now, with whom, and what to mend. */
@Command(
        name = "status",
        description = "Say whether the cluster can sign now and with whom, and for each problem what to do.",
        footer = {"  quorate status", "  quorate status --json"})
public final class StatusCommand extends Action {
    /** For people; JSON has all that the node tells. */
    private static final int LATEST_EVENTS = 5;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    /** {@code with} is one quorum that can sign now; empty if there is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Report(boolean canSign, List<Integer> with, List<NodeReport> nodes) {}

    public StatusCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            return report(clients.cluster().threshold(), clients.tsm().status());
        }
    }

    private Outcome report(int threshold, Answers<Status> answers) {
        var quorum = quorum(threshold, answers);
        var reports = answers.all().stream().map(NodeReport::of).toList();
        var lines = new ArrayList<String>();
        lines.add(quorum.isEmpty()
                ? "CANNOT SIGN: no " + threshold + " nodes are ready and see one another"
                : "can sign with nodes " + quorum);
        for (var node : reports) {
            lines.add(node.line());
            addDetails(node, lines);
        }
        var outcome = Outcome.of(new Report(!quorum.isEmpty(), quorum, reports), lines);
        return answers.given().isEmpty()
                ? outcome.failing(Problem.of(ProblemCode.NOT_ENOUGH_NODES, "no node could be asked"))
                : outcome;
    }

    private static void addDetails(NodeReport node, List<String> lines) {
        var unlinked = peers(node).stream().filter(peer -> !peer.connected()).map(Peer::player).toList();
        if (!unlinked.isEmpty()) {
            lines.add("        no link to node " + unlinked);
        }
        if (node.operations() != null) {
            node.operations().forEach(operation -> lines.add("        unfinished: "
                    + operation.protocol().wireName() + " of key " + operation.keyId() + ", "
                    + operation.state().wireName()));
        }
        if (node.pairs() != null) {
            node.pairs().forEach(pair -> lines.addAll(lines(pair)));
        }
        if (node.problems() != null) {
            node.problems().forEach(problem -> {
                lines.add("        " + problem.code() + ": " + problem.detail());
                lines.add("          what to do: " + problem.remedy());
            });
        }
        var drill = node.lastDrill();
        if (drill != null) {
            lines.add("        last drill: backup " + drill.backupId() + (drill.ok() ? " good, " : " BAD, ")
                    + drill.at() + ": " + drill.detail());
        } else if (node.failure() == null) {
            lines.add("        last drill: never");
        }
        if (node.events() != null) {
            node.events().stream().limit(LATEST_EVENTS).forEach(event ->
                    lines.add("        " + event.at() + " " + event.kind() + ": " + event.detail()));
        }
        var failure = node.failure();
        if (failure != null) {
            lines.add("          what to do: " + failure.remedy());
        }
    }

    private static List<String> lines(Pair pair) {
        int one = pair.players().getFirst();
        int other = pair.players().getLast();
        var line = "        pair " + one + "-" + other + " of key " + pair.keyId() + ": "
                + pair.state().wireName()
                + (pair.by() == null ? "" : " by node " + pair.by())
                + (pair.check() == null ? "" : ", " + pair.check())
                + (pair.at() == null ? "" : ", " + pair.at());
        return switch (pair.state()) {
            case BANNED ->
                List.of(
                        line,
                        "          what to do: sign with others; find out why; then quorate peers unban --key "
                                + pair.keyId() + " --node " + one + " --node " + other);
            case SUSPENDED, SETTING_UP -> List.of(line);
        };
    }

    private static List<Peer> peers(NodeReport node) {
        @Nullable List<Peer> peers = node.peers();
        return peers == null ? List.of() : peers;
    }

    private static List<Integer> quorum(int threshold, Answers<Status> answers) {
        var readiness = new TreeMap<Integer, Readiness>();
        answers.given().forEach((player, status) -> readiness.put(player, Readiness.of(status)));
        return Quorum.find(threshold, readiness.keySet(), readiness).orElse(List.of());
    }
}
