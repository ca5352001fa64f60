package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator asks of a node first. {@code pairs} are those that cannot sign together now;
 * {@code presignatures} is how many unused ones are in the memory of the node. {@code lastDrill} is the last drill of
 * which the node was told.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
        int player,
        String softwareVersion,
        Bytes incarnation,
        boolean ready,
        int keys,
        PauseState paused,
        List<Peer> peers,
        List<Operation> operations,
        List<Event> events,
        List<StatusProblem> problems,
        List<Pair> pairs,
        int presignatures,
        @Nullable Drill lastDrill) {
    /** A node on which no pair is out of use, that holds no presignatures and was told of no drill. */
    public Status(
            int player,
            String softwareVersion,
            Bytes incarnation,
            boolean ready,
            int keys,
            PauseState paused,
            List<Peer> peers,
            List<Operation> operations,
            List<Event> events,
            List<StatusProblem> problems) {
        this(
                player,
                softwareVersion,
                incarnation,
                ready,
                keys,
                paused,
                peers,
                operations,
                events,
                problems,
                List.of(),
                0,
                null);
    }

    public Status {
        Require.player("player", player);
        Require.present("softwareVersion", softwareVersion);
        Require.size("incarnation", incarnation, 32);
        Require.between("keys", keys, 0, Integer.MAX_VALUE);
        Require.present("paused", paused);
        peers = Require.list("peers", peers);
        operations = Require.list("operations", operations);
        events = Require.list("events", events);
        problems = Require.list("problems", problems);
        pairs = Require.list("pairs", pairs);
        Require.between("presignatures", presignatures, 0, Integer.MAX_VALUE);
    }
}
