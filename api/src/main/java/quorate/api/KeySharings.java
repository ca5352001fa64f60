package quorate.api;

import java.util.List;

/** The sharings of a key that one node holds or has proof of, the highest epoch first. */
public record KeySharings(int player, String keyId, int threshold, List<KnownSharing> sharings) {
    public KeySharings {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.between("threshold", threshold, 2, Require.MAX_PLAYERS);
        sharings = Require.list("sharings", sharings);
    }
}
