package quorate.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * A pause of several nodes that is ended by {@link #close} on every path, and by the nodes themselves after its limit
 * if this process dies. A pause that somebody else made stays as it is, before and after.
 */
public final class ClusterPause implements AutoCloseable {
    private final AdminNodes nodes;
    private final String reason;
    private final Answers<PauseState> states;

    private ClusterPause(AdminNodes nodes, String reason, Answers<PauseState> states) {
        this.nodes = nodes;
        this.reason = reason;
        this.states = states;
    }

    /**
     * Pauses every node that can be reached.
     *
     * @param reason unique to this pause: by it the pause is recognised when it is ended
     */
    public static ClusterPause begin(Collection<AdminClient> clients, Duration limit, String reason) {
        var nodes = new AdminNodes(clients);
        var request = new PauseRequest(limit.toSeconds(), reason, true);
        try {
            return new ClusterPause(nodes, reason, nodes.askEach(node -> node.pause(request)));
        } catch (TsmException.Interrupted e) {
            // Some nodes may have heard it.
            new ClusterPause(nodes, reason, new Answers<>()).close();
            throw e;
        }
    }

    /** What every node answered to the pause. */
    public Answers<PauseState> states() {
        return states;
    }

    /** The nodes that cannot be relied on to stay paused until then, with the reason. */
    public Map<Integer, TsmException> notPausedUntil(Instant end) {
        var failures = new TreeMap<>(states.failures());
        states.given().forEach((player, state) -> {
            var until = state.until();
            if (!reason.equals(state.reason()) && until != null && until.isBefore(end)) {
                failures.put(player, new TsmException.Unsettled(Problem.of(
                                ProblemCode.PAUSED,
                                "node " + player + " is paused by " + state.by() + ", but only until " + until)
                        .from(player)));
            }
        });
        return failures;
    }

    /**
     * Ends the pause where it is still this one.
     *
     * @return what every node answered; a node that could not be reached resumes by itself after the limit
     */
    public Answers<PauseState> end() {
        // An interrupt is one of the reasons to be here; it must not stop this.
        boolean interrupted = Thread.interrupted();
        try {
            return nodes.askEach(this::endAt);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        end();
    }

    private PauseState endAt(AdminClient node) {
        var now = node.status().paused();
        var since = now.since();
        return now.paused() && reason.equals(now.reason()) && since != null ? node.resumeIfSince(since) : now;
    }
}
