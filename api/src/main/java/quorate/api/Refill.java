package quorate.api;

import java.util.List;

/** Keep so many presignatures of these players; every one of them is sent the same. Level 0 ends it. */
public record Refill(List<Integer> players, int level) {
    public static final int MAX_LEVEL = 10_000;

    public Refill {
        players = Require.players("players", players);
        Require.between("level", level, 0, MAX_LEVEL);
    }
}
