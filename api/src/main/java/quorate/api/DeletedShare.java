package quorate.api;

/** One node has erased its share of a key; {@code epoch} is that of the erased share. */
public record DeletedShare(int player, String keyId, long epoch) {
    public DeletedShare {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
    }
}
