package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one player came to in a redistribution or copy.
 *
 * @param keyId the id under which the new players hold the key
 * @param key as this player holds it; absent if it does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Redistributed(int player, String keyId, RedistributedState state, @Nullable KeyInfo key) {
    public Redistributed {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.present("state", state);
        if ((key != null) != (state == RedistributedState.HOLDS)) {
            throw new IllegalArgumentException("key must be there exactly if the player holds a share");
        }
    }
}
