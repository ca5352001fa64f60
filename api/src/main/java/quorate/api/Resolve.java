package quorate.api;

import static quorate.api.GenerateKey.SESSION_ID_BYTES;

import java.util.List;

/** From now on {@code dead} players are waited for no longer in one operation on this node. Nothing undoes that. */
public record Resolve(Bytes opId, List<Integer> dead) {
    public Resolve {
        Require.size("opId", opId, SESSION_ID_BYTES);
        dead = Require.players("dead", dead);
    }
}
