package quorate.api;

import java.util.List;

/** How many unused presignatures of a key one node holds: in all, and with whom. */
public record PresignatureLevels(int player, String keyId, int count, List<PresignaturePool> pools) {
    public PresignatureLevels {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.between("count", count, 0, Integer.MAX_VALUE);
        pools = Require.list("pools", pools);
    }
}
