package quorate.sdk;

import java.util.List;
import quorate.api.Peer;
import quorate.api.Status;

/** Whether a node can sign now, and the players to which its links are up. */
public record Readiness(int player, boolean ready, List<Integer> canSignWith) {
    public Readiness {
        canSignWith = List.copyOf(canSignWith);
    }

    /** What a status says of it. */
    public static Readiness of(Status status) {
        return new Readiness(
                status.player(),
                status.ready(),
                status.peers().stream().filter(Peer::connected).map(Peer::player).toList());
    }
}
