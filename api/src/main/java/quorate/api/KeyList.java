package quorate.api;

import java.util.List;

/** The keys of which one node holds a share, by id. */
public record KeyList(int player, List<KeyInfo> keys) {
    public KeyList {
        Require.player("player", player);
        keys = Require.list("keys", keys);
    }
}
