package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a node is paused; if so, by whom, until when, why and since when. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PauseState(
        int player,
        boolean paused,
        @Nullable String by,
        @Nullable Instant until,
        @Nullable String reason,
        @Nullable Instant since) {
    public PauseState {
        Require.player("player", player);
    }
}
