package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two players that cannot sign together with a key now. A ban is the verdict of the player {@code by} and proves
 * nothing to others: it is about the pair, not about the other player.
 *
 * @param check of the protocol specification, Appendix A; the one that failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pair(
        String keyId,
        List<Integer> players,
        PairState state,
        @Nullable String check,
        @Nullable Instant at,
        @Nullable Integer by) {
    public Pair {
        Require.keyId("keyId", keyId);
        players = Require.pair("players", players);
        Require.present("state", state);
    }
}
