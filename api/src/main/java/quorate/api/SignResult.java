package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature, verified by the node that answers, and the effective public key that verifies it. {@code der} and
 * {@code recoveryId} are there for ECDSA, and only for it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignResult(
        int player,
        String keyId,
        Bytes sessionId,
        Bytes signature,
        Bytes publicKey,
        List<Integer> players,
        @Nullable Bytes der,
        @Nullable Integer recoveryId) {
    private static final int LAST_RECOVERY_ID = 3;

    /** A Schnorr signature. */
    public SignResult(
            int player, String keyId, Bytes sessionId, Bytes signature, Bytes publicKey, List<Integer> players) {
        this(player, keyId, sessionId, signature, publicKey, players, null, null);
    }

    public SignResult {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        Require.present("signature", signature);
        Require.present("publicKey", publicKey);
        players = Require.players("players", players);
        if (recoveryId != null) {
            Require.between("recoveryId", recoveryId, 0, LAST_RECOVERY_ID);
        }
    }
}
