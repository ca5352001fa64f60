package quorate.api;

import java.util.List;

/** The keys of which one node holds a share, by id; {@code unsound} are those that it cannot use. */
public record KeyList(int player, List<KeyInfo> keys, List<UnsoundKey> unsound) {
    public KeyList {
        Require.player("player", player);
        keys = Require.list("keys", keys);
        unsound = Require.list("unsound", unsound);
    }
}
