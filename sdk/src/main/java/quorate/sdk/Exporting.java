package quorate.sdk;

import java.time.Instant;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.ExportKey;
import quorate.api.ExportMode;

/**
 * How a key is to be exported.
 *
 * @param wrappingKeys SubjectPublicKeyInfo of every destination in the order of indices; of a custodian the same each time
 * @param application that may import it
 * @param expiresAt afterwards no node imports it
 * @param purpose what is written in every header, for people; may be empty
 * @param path m for the key itself
 */
public record Exporting(
        ExportMode mode, List<Bytes> wrappingKeys, String application, Instant expiresAt, String purpose, String path) {
    public Exporting {
        wrappingKeys = List.copyOf(wrappingKeys);
    }

    ExportKey request(Bytes sessionId, List<Integer> players) {
        return new ExportKey(
                sessionId,
                players,
                mode,
                wrappingKeys,
                application,
                expiresAt,
                purpose.isEmpty() ? null : purpose,
                path.equals("m") ? null : path);
    }
}
