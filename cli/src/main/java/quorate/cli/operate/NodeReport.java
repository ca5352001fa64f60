package quorate.cli.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Drill;
import quorate.api.Event;
import quorate.api.Operation;
import quorate.api.Pair;
import quorate.api.PauseState;
import quorate.api.Peer;
import quorate.api.Problem;
import quorate.api.Status;
import quorate.api.StatusProblem;
import quorate.sdk.NodeAnswer;

/**
 * One node as the command line shows it. {@code paused}, {@code by}, {@code until} and {@code reason} are always
 * present, null where there is nothing to say; the others only where they are known.
 */
record NodeReport(
        int index,
        @Nullable Boolean paused,
        @Nullable String by,
        @Nullable Instant until,
        @Nullable String reason,
        boolean ready,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer keys,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String softwareVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Peer> peers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Operation> operations,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Event> events,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StatusProblem> problems,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Pair> pairs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer presignatures,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Drill lastDrill,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Problem failure) {
    static NodeReport of(NodeAnswer<Status> answer) {
        return switch (answer) {
            case NodeAnswer.Given<Status>(int player, Status status) -> of(player, status);
            case NodeAnswer.Failed<Status>(int player, var failure) ->
                new NodeReport(
                        player, null, null, null, null, false, null, null, null, null, null, null, null, null, null,
                        failure.problem());
        };
    }

    private static NodeReport of(int player, Status status) {
        var pause = status.paused();
        return new NodeReport(
                player,
                pause.paused(),
                pause.by(),
                pause.until(),
                pause.reason(),
                status.ready(),
                status.keys(),
                status.softwareVersion(),
                status.peers(),
                status.operations(),
                status.events(),
                status.problems(),
                status.pairs(),
                status.presignatures(),
                status.lastDrill(),
                null);
    }

    /** The same after the pause has changed. */
    NodeReport with(PauseState pause) {
        return new NodeReport(
                index,
                pause.paused(),
                pause.by(),
                pause.until(),
                pause.reason(),
                ready,
                keys,
                softwareVersion,
                peers,
                operations,
                events,
                problems,
                pairs,
                presignatures,
                lastDrill,
                failure);
    }

    String line() {
        if (failure != null) {
            return "node " + index + "  " + failure.code() + ": " + failure.detail();
        }
        return "node " + index + (ready ? "  ready" : "  not ready") + presignatureWords() + pauseWords();
    }

    private String presignatureWords() {
        return presignatures == null || presignatures == 0 ? "" : "  " + presignatures + " presignatures";
    }

    private String pauseWords() {
        if (paused == null || !paused) {
            return "";
        }
        return "  paused by " + by
                + (until == null ? " until resumed" : " until " + until)
                + (reason == null || reason.isEmpty() ? "" : ": " + reason);
    }
}
