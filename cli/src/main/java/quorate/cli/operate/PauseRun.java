package quorate.cli.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import quorate.api.PauseState;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.NodeAnswer;
import quorate.sdk.TsmException;

/** Changes the pause of nodes and reports all of them, also when some could not be changed. */
final class PauseRun {
    private PauseRun() {}

    private record Nodes(List<NodeReport> nodes) {}

    static Outcome change(List<AdminClient> admins, Function<AdminClient, PauseState> change) {
        var nodes = new AdminNodes(admins);
        var changed = nodes.askEach(change);
        var status = nodes.askEach(AdminClient::status);
        var reports = new TreeMap<Integer, NodeReport>();
        status.all().forEach(answer -> reports.put(answer.player(), NodeReport.of(answer)));
        changed.given().forEach((player, pause) -> reports.computeIfPresent(player, (p, report) -> report.with(pause)));
        changed.failures().forEach((player, failure) ->
                reports.put(player, NodeReport.of(new NodeAnswer.Failed<>(player, failure))));
        var rows = new ArrayList<>(reports.values());
        var outcome = Outcome.of(new Nodes(rows), rows.stream().map(NodeReport::line).toList());
        return changed.failure().map(TsmException::problem).map(outcome::failing).orElse(outcome);
    }
}
