package quorate.api;

/** How many unused presignatures one node has wiped; its peers drop theirs. */
public record DeletedPresignatures(int player, int deleted) {
    public DeletedPresignatures {
        Require.player("player", player);
        Require.between("deleted", deleted, 0, Integer.MAX_VALUE);
    }
}
