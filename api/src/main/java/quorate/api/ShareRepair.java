package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repair as one node sees it. {@code epoch} and {@code shareId} are those of the share that the target has now; helpers do
 * not answer them.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShareRepair(
        int player,
        String keyId,
        Bytes sessionId,
        int target,
        RepairState state,
        Instant approvedUntil,
        @Nullable Long epoch,
        @Nullable Bytes shareId) {
    public ShareRepair {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.size("sessionId", sessionId, GenerateKey.SESSION_ID_BYTES);
        Require.player("target", target);
        Require.present("state", state);
        Require.present("approvedUntil", approvedUntil);
        if (epoch != null) {
            Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        }
        if (shareId != null) {
            Require.size("shareId", shareId, 32);
        }
    }
}
