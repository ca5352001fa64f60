package quorate.api;

import java.util.List;

/** Whether a node can sign now, and with whom. */
public record Readiness(int player, boolean ready, List<Integer> canSignWith, List<StatusProblem> problems) {
    public Readiness {
        Require.player("player", player);
        canSignWith = Require.list("canSignWith", canSignWith);
        problems = Require.list("problems", problems);
    }
}
