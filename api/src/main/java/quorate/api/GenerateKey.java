package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generate a key together with the other players; every one of them is sent the same.
 *
 * <p>{@code sessionId} is also the id of the operation: repeating the request joins it. {@code threshold} is how many
 * players it takes to sign.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GenerateKey(
        Bytes sessionId,
        String keyId,
        Scheme scheme,
        Curve curve,
        int threshold,
        List<Integer> players,
        @Nullable String purpose,
        @Nullable Integer minPathLength,
        @Nullable Boolean messagesOnly,
        @Nullable Boolean presignatures) {
    public static final int SESSION_ID_BYTES = 32;
    public static final int MAX_PURPOSE_BYTES = 256;

    /** A key with the usual attributes. */
    public GenerateKey(
            Bytes sessionId,
            String keyId,
            Scheme scheme,
            Curve curve,
            int threshold,
            List<Integer> players,
            @Nullable String purpose) {
        this(sessionId, keyId, scheme, curve, threshold, players, purpose, null, null, null);
    }

    public GenerateKey {
        Require.size("sessionId", sessionId, SESSION_ID_BYTES);
        Require.keyId("keyId", keyId);
        Require.present("scheme", scheme);
        Require.present("curve", curve);
        if (scheme == Scheme.BIP340 && curve != Curve.SECP256K1) {
            throw new IllegalArgumentException("curve must be secp256k1 for bip340, not " + curve.wireName());
        }
        if (scheme == Scheme.ECDSA && curve == Curve.ED25519) {
            throw new IllegalArgumentException("curve must be secp256k1 or p256 for ecdsa, not ed25519");
        }
        players = Require.players("players", players);
        Require.between("threshold", threshold, 2, players.size());
        if (purpose != null) {
            Require.atMostBytes("purpose", purpose, MAX_PURPOSE_BYTES);
        }
        if (minPathLength != null) {
            Require.between("minPathLength", minPathLength, 0, KeyAttributes.MAX_PATH_LENGTH);
        }
    }

    /** What is fixed at generation, with the usual value for whatever is absent. */
    public KeyAttributes attributes() {
        return new KeyAttributes(
                minPathLength == null ? KeyAttributes.USUAL.minPathLength() : minPathLength,
                messagesOnly == null ? KeyAttributes.USUAL.messagesOnly() : messagesOnly,
                presignatures == null ? KeyAttributes.USUAL.presignatures() : presignatures);
    }
}
