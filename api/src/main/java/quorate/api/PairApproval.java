package quorate.api;

/** One operator has approved a fresh set-up of the pair of this node and {@code peer} for a key. */
public record PairApproval(int player, String keyId, int peer, ApprovalState state) {
    public PairApproval {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.player("peer", peer);
        Require.present("state", state);
    }
}
