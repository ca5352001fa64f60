package quorate.api;

import java.util.List;

/** The standing order of one node to refill the presignatures of these players; level 0 says that there is none. */
public record StandingOrder(int player, String keyId, List<Integer> players, int level) {
    public StandingOrder {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        players = Require.players("players", players);
        Require.between("level", level, 0, Refill.MAX_LEVEL);
    }
}
