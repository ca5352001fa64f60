package quorate.api;

/** A presignature that was unused a moment ago. A hint: only a request for a part of a signature claims it. */
public record HandOut(int player, String keyId, Bytes presignatureId) {
    public HandOut {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.presignatureId("presignatureId", presignatureId);
    }
}
