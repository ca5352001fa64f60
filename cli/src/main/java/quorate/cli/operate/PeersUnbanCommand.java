package quorate.cli.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.PairApproval;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.TsmException;

/** {@code peers unban}: approves a fresh set-up of a banned pair. */
@Command(
        name = "unban",
        description = {
            "Approve a fresh set-up of two nodes that were banned from signing together with a key.",
            "Both nodes must be approved, each by its administrator; do it when the cause is known and mended.",
            "The page docs/runbooks/banned-pair.md says how to find out."
        },
        footer = {"  quorate peers unban --key treasury --node 1 --node 3"})
public final class PeersUnbanCommand extends Action {
    private static final int PAIR = 2;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(names = "--node", required = true, paramLabel = "I", description = "A node of the pair; give both.")
    private List<Integer> pair = List.of();

    private record Approvals(String keyId, List<Approval> nodes) {}

    private record Approval(int index, int peer, String state) {}

    public PeersUnbanCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        var both = new TreeSet<>(pair);
        if (pair.size() != PAIR || both.size() != PAIR) {
            throw new IllegalArgumentException("--node must be given twice, once for each node of the pair");
        }
        try (var clients = cluster.open(host)) {
            var admins = mine(clients, both);
            var answers = new AdminNodes(admins).askEach(admin -> admin.approvePair(id, peer(both, admin)));
            var rows = answers.given().values().stream().map(PeersUnbanCommand::row).toList();
            var outcome = Outcome.of(
                    new Approvals(id, rows), rows.stream().map(PeersUnbanCommand::line).toList());
            for (int node : both) {
                if (admins.stream().noneMatch(admin -> admin.player() == node)) {
                    outcome = outcome.noting("The administrator of node " + node + " must run the same command.");
                }
            }
            outcome = outcome.suggesting("quorate status" + cluster.suffix());
            return answers.failure().map(TsmException::problem).map(outcome::failing).orElse(outcome);
        }
    }

    /** Those of the two for which this user has an administrator's credentials; it must be one at least. */
    private static List<AdminClient> mine(Clients clients, SortedSet<Integer> both) {
        both.forEach(node -> clients.cluster().node(node));
        var mine = new ArrayList<AdminClient>();
        clients.admins().stream().filter(admin -> both.contains(admin.player())).forEach(mine::add);
        return mine.isEmpty() ? List.of(clients.admin(both.first())) : mine;
    }

    private static int peer(SortedSet<Integer> both, AdminClient admin) {
        return both.first() == admin.player() ? both.last() : both.first();
    }

    private static Approval row(PairApproval approval) {
        return new Approval(
                approval.player(), approval.peer(), approval.state().wireName());
    }

    private static String line(Approval approval) {
        return "node " + approval.index() + "  pair with node " + approval.peer() + ": " + approval.state();
    }
}
