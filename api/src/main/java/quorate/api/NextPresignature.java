package quorate.api;

import java.util.List;

/** Hand out the id of a presignature of exactly these players that nobody was handed lately. */
public record NextPresignature(List<Integer> players) {
    public NextPresignature {
        players = Require.players("players", players);
    }
}
