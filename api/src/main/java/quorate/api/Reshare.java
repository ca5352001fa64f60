package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

/**
 * Give every player of a key a new share; every one of them is sent the same. {@code sessionId} is also the id of the
 * operation: repeating the request joins it.
 */
public record Reshare(Bytes sessionId) {
    public Reshare {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
    }
}
