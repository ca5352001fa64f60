package quorate.api;

import java.util.List;

/** Presignatures that were made, with the same ids on all of their players. */
public record Presigned(int player, String keyId, List<Integer> players, List<Bytes> presignatureIds) {
    public Presigned {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        players = Require.players("players", players);
        presignatureIds = Require.list("presignatureIds", presignatureIds);
        presignatureIds.forEach(id -> Require.presignatureId("presignatureIds", id));
    }
}
