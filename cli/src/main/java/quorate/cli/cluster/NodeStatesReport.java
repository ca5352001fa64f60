package quorate.cli.cluster;

import java.util.List;
import quorate.cli.cluster.LocalNodes.State;
import quorate.cli.terminal.Outcome;

/** Which processes run the nodes, and which of them are ready. */
final class NodeStatesReport {
    private NodeStatesReport() {}

    private record States(List<State> nodes) {}

    static Outcome of(List<State> states) {
        var lines = states.stream()
                .map(node -> "node %d  %s  %s"
                        .formatted(
                                node.index(),
                                node.pid() == null ? "no process" : "process " + node.pid(),
                                node.ready() ? "ready" : "not ready"))
                .toList();
        return Outcome.of(new States(states), lines);
    }
}
