package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unused presignatures that these players can use together. {@code level} is the standing order to refill them,
 * absent if there is none.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresignaturePool(List<Integer> players, int count, @Nullable Integer level) {
    public PresignaturePool {
        players = Require.players("players", players);
        Require.between("count", count, 0, Integer.MAX_VALUE);
        if (level != null) {
            Require.between("level", level, 1, Refill.MAX_LEVEL);
        }
    }
}
