package quorate.api;

import java.util.List;

/**
 * Everything an operator asks of a node first. {@code pairs} are those that cannot sign together now;
 * {@code presignatures} is how many unused ones are in the memory of the node.
 */
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
        int presignatures) {
    /** A node on which no pair is out of use and that holds no presignatures. */
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
                0);
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
