package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The link to another node. {@code since} is absent when it was never up since this node started. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Peer(int player, boolean connected, @Nullable Instant since) {
    public Peer {
        Require.player("player", player);
    }
}
