package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Make shares of a key that fit no other sharing, each wrapped for its destination; every participant is sent the same.
 *
 * @param players who take part, at least {@code threshold} of those of the key
 * @param wrappingKeys SubjectPublicKeyInfo of every destination in the order of indices, one for each player of the key; of a
 *     custodian the same each time
 * @param application that may import it
 * @param expiresAt afterwards no node imports it; whole seconds
 * @param purpose what is written in every header, for people
 * @param path absent means m
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportKey(
        Bytes sessionId,
        List<Integer> players,
        ExportMode mode,
        List<Bytes> wrappingKeys,
        String application,
        Instant expiresAt,
        @Nullable String purpose,
        @Nullable String path) {
    public static final int MAX_APPLICATION_BYTES = 64;

    public ExportKey {
        Require.size("sessionId", sessionId, GenerateKey.SESSION_ID_BYTES);
        players = Require.players("players", players);
        Require.present("mode", mode);
        wrappingKeys = Require.list("wrappingKeys", wrappingKeys);
        Require.between("the number of wrappingKeys", wrappingKeys.size(), 2, Require.MAX_PLAYERS);
        for (var key : wrappingKeys) {
            Require.between("the length of a wrapping key", key.size(), 1, WrappingKey.MAX_SPKI_BYTES);
        }
        Require.application("application", application);
        Require.present("expiresAt", expiresAt);
        Require.between("expiresAt", expiresAt.getEpochSecond(), 0, Long.MAX_VALUE);
        if (purpose != null) {
            Require.atMostBytes("purpose", purpose, GenerateKey.MAX_PURPOSE_BYTES);
        }
        if (path != null) {
            Require.path(path);
        }
    }

    /** {@code path}, or the key itself. */
    public String pathOrRoot() {
        return path == null ? "m" : path;
    }

    /** {@code purpose}, or none. */
    public String purposeOrNone() {
        return purpose == null ? "" : purpose;
    }
}
