package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Whether a node can sign now. Everybody may ask, so it says no more; the particulars are in {@link Status}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ready(int player, boolean ready, @Nullable NotReady reason) {
    public Ready {
        Require.player("player", player);
        if (ready != (reason == null)) {
            throw new IllegalArgumentException("reason: is there exactly when the node is not ready");
        }
    }

    public static Ready yes(int player) {
        return new Ready(player, true, null);
    }

    public static Ready no(int player, NotReady reason) {
        return new Ready(player, false, reason);
    }
}
