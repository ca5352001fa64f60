package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sign together with the named players; every one of them is sent the same. A session id is used once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignRequest(
        Bytes sessionId,
        List<Integer> players,
        @Nullable Bytes message,
        @Nullable Bytes hash,
        @Nullable String path,
        @Nullable Taproot taproot,
        @Nullable Bytes requestNonce)
        implements Signable {
    /** A message, by the key itself. */
    public SignRequest(Bytes sessionId, List<Integer> players, Bytes message, @Nullable Taproot taproot) {
        this(sessionId, players, message, null, null, taproot, null);
    }

    public SignRequest {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        players = Require.players("players", players);
        Require.signable(message, hash, path, requestNonce);
    }
}
