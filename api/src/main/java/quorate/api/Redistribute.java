package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Give a key to other players, or with another threshold; every player of both committees is sent the same, each by an
 * administrator. {@code sessionId} is also the id of the operation: repeating the request joins it.
 *
 * <p>With {@code newKeyId} the key is copied under that id and stays as it is; without, its former shares end. {@code
 * scheme} to {@code publicKey} say what the key is now: new players have no record of it. {@code publicKey} is the
 * {@link KeyInfo#point()} that the operator expects.
 *
 * @param newPlayers who hold a share afterwards
 * @param newThreshold how many of them it takes to sign
 * @param dealers who share what they hold: as many of the present players as it takes to sign
 * @param dead present players that are gone and are not asked; none in a copy
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Redistribute(
        Bytes sessionId,
        @Nullable String newKeyId,
        List<Integer> newPlayers,
        int newThreshold,
        List<Integer> dealers,
        @Nullable List<Integer> dead,
        Scheme scheme,
        Curve curve,
        int threshold,
        List<Integer> players,
        Bytes publicKey) {
    private static final int MIN_POINT_BYTES = 32;
    private static final int MAX_POINT_BYTES = 33;

    public Redistribute {
        Require.size("sessionId", sessionId, GenerateKey.SESSION_ID_BYTES);
        if (newKeyId != null) {
            Require.keyId("newKeyId", newKeyId);
        }
        newPlayers = Require.players("newPlayers", newPlayers);
        Require.between("newThreshold", newThreshold, 2, newPlayers.size());
        dealers = Require.players("dealers", dealers);
        dead = dead == null ? null : Require.players("dead", dead);
        Require.present("scheme", scheme);
        Require.present("curve", curve);
        players = Require.players("players", players);
        Require.between("threshold", threshold, 2, players.size());
        Require.present("publicKey", publicKey);
        Require.between("the length of publicKey", publicKey.size(), MIN_POINT_BYTES, MAX_POINT_BYTES);
        Require.between("the number of dealers", dealers.size(), threshold, threshold);
        if (!Set.copyOf(players).containsAll(dealers)) {
            throw new IllegalArgumentException("dealers must be players of the key, " + players + ", not " + dealers);
        }
        if (dead != null) {
            requireDead(dead, newKeyId, newPlayers, dealers, players);
        }
    }

    private static void requireDead(
            List<Integer> dead,
            @Nullable String newKeyId,
            List<Integer> newPlayers,
            List<Integer> dealers,
            List<Integer> players) {
        if (newKeyId != null) {
            throw new IllegalArgumentException("dead is for a key that is replaced: of a copy only the dealers take part");
        }
        for (int player : dead) {
            if (!players.contains(player) || dealers.contains(player) || newPlayers.contains(player)) {
                throw new IllegalArgumentException(
                        "dead must be players of the key who neither deal nor get a share, not " + player);
            }
        }
    }

    /** Whether the key is copied. */
    public boolean copies() {
        return newKeyId != null;
    }

    /** The id under which the new players hold the key. */
    public String targetOf(String keyId) {
        return Optional.ofNullable(newKeyId).orElse(keyId);
    }

    /** The players that are not waited for. */
    public List<Integer> gone() {
        return dead == null ? List.of() : dead;
    }
}
