package quorate.cli.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quorate.api.Problem;
import quorate.api.Requirement;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.NodeAnswer;
import quorate.sdk.TsmException;

/** {@code backup requirements}: what a restore needs besides the files. */
@Command(
        name = "requirements",
        description = {
            "List all that a restore needs besides the backup file: master key, identity, configuration, versions.",
            "A node that is down is answered for by its configuration, if that is on this machine."
        },
        footer = {"  quorate backup requirements"})
public final class BackupRequirementsCommand extends Action {
    private final BackupFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    private record Report(List<NodeReport> nodes, boolean ok) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record NodeReport(int index, List<Requirement> requirements, @Nullable Problem failure) {}

    public BackupRequirementsCommand(Host host, BackupFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            var answers = new AdminNodes(clients.admins()).askEach(AdminClient::requirements);
            return report(answers.all().stream().map(answer -> node(clients.cluster(), answer)).toList());
        }
    }

    private NodeReport node(ClusterFile nodes, NodeAnswer<List<Requirement>> answer) {
        return switch (answer) {
            case NodeAnswer.Given<List<Requirement>>(int player, List<Requirement> requirements) ->
                new NodeReport(player, requirements, null);
            case NodeAnswer.Failed<List<Requirement>>(int player, TsmException failure) ->
                nodes.node(player)
                        .localConfig()
                        .map(config -> offline(player, config))
                        .orElseGet(() -> new NodeReport(player, List.of(), failure.problem()));
        };
    }

    private NodeReport offline(int player, Path config) {
        try {
            return new NodeReport(player, files.requirements(config), null);
        } catch (CommandFailed e) {
            return new NodeReport(player, List.of(), e.problem());
        }
    }

    private static Outcome report(List<NodeReport> nodes) {
        var lines = new ArrayList<String>();
        boolean ok = true;
        Problem failure = null;
        for (var node : nodes) {
            lines.add("node " + node.index());
            for (var requirement : node.requirements()) {
                lines.add("  " + requirement.what() + ": " + requirement.where()
                        + (requirement.fingerprint() == null ? "" : "  [" + requirement.fingerprint() + "]"));
                if (requirement.warning() != null) {
                    lines.add("    WARNING: " + requirement.warning());
                    ok = false;
                }
            }
            if (node.failure() != null) {
                lines.add("  not known: " + node.failure().detail());
                failure = node.failure();
            }
        }
        var outcome = Outcome.of(new Report(nodes, ok && failure == null), lines);
        return failure == null ? outcome : outcome.failing(failure);
    }
}
