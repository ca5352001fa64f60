package quorate.api;

import java.util.List;

/**
 * A player that a node knows, after its registration.
 *
 * @param node the node that answers
 * @param id names the two long-lived keys of the registered node: what operators compare by voice
 * @param added false if the node knew it before, with the same keys
 * @param players all that the node knows
 */
public record RegisteredPlayer(int node, int player, Bytes id, boolean added, List<Integer> players) {
    private static final int ID_BYTES = 32;

    public RegisteredPlayer {
        Require.player("node", node);
        Require.player("player", player);
        Require.size("id", id, ID_BYTES);
        players = Require.players("players", players);
    }
}
