package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Use up a presignature for one node's part of a signature; every one of its players is sent the same. Whoever asks
 * combines the parts.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartialRequest(
        Bytes presignature,
        List<Integer> players,
        @Nullable Bytes message,
        @Nullable Bytes hash,
        @Nullable String path,
        @Nullable Taproot taproot,
        @Nullable Bytes requestNonce)
        implements Signable {
    public PartialRequest {
        Require.presignatureId("presignature", presignature);
        players = Require.players("players", players);
        if (Require.signers(presignature) != players.size()) {
            throw new IllegalArgumentException("players must be the " + Require.signers(presignature)
                    + " of the presignature, not " + players);
        }
        Require.signable(message, hash, path, requestNonce);
    }
}
