package quorate.store;

import java.util.List;

/**
 * A user's wish that presignatures be kept.
 *
 * @param players who make them together, ascending
 * @param level how many
 */
public record StandingOrder(String keyId, List<Integer> players, int level) {
    public StandingOrder {
        players = players.stream().sorted().toList();
    }
}
