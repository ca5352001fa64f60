package quorate.api;

import java.util.List;

/** Everything an operator asks of a node first. */
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
        List<StatusProblem> problems) {
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
    }
}
