package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sign a message together with the named players; every one of them is sent the same. A session id is used once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignRequest(Bytes sessionId, List<Integer> players, Bytes message, @Nullable Taproot taproot) {
    public static final int MAX_MESSAGE_BYTES = 48 * 1024;

    public SignRequest {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        players = Require.players("players", players);
        if (Require.present("message", message).size() > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message must have at most " + MAX_MESSAGE_BYTES + " bytes, not " + message.size());
        }
    }
}
