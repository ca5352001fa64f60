package quorate.api;

import java.util.List;
import static quorate.api.GenerateKey.SESSION_ID_BYTES;

/** A signature, verified by the node that answers, and the effective public key that verifies it. */
public record SignResult(
        int player,
        String keyId,
        Bytes sessionId,
        Bytes signature,
        Bytes publicKey,
        List<Integer> players) {
    public SignResult {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        Require.present("signature", signature);
        Require.present("publicKey", publicKey);
        players = Require.players("players", players);
    }
}
