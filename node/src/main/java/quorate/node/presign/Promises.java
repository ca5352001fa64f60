package quorate.node.presign;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import quorate.presign.Refill;

/** The refills that this node said yes to, until their initiator says go: each has the permit of its key (PSG-6). */
final class Promises {
    /** How long a party that said yes waits for the go. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Map<Place, Promise> promises = new ConcurrentHashMap<>();

    /** The initiator numbers its questions. */
    private record Place(int player, long number) {}

    /** @param at when it was given, of a monotonic clock */
    record Promise(RefillFrame.Question question, Refill.Permit permit, long at) {}

    /** False, and the permit is given back, if the player has a promise of that number already. */
    boolean give(int player, Promise promise) {
        boolean given = promises.putIfAbsent(new Place(player, promise.question().number()), promise) == null;
        if (!given) {
            promise.permit().close();
        }
        return given;
    }

    /** The go: whoever has it closes its permit. */
    Optional<Promise> take(int player, long number) {
        return Optional.ofNullable(promises.remove(new Place(player, number)));
    }

    /** Gives back the permits of what nobody says go to. */
    void expire(long now) {
        promises.forEach((place, promise) -> {
            if (now - promise.at() > LONGEST.toNanos() && promises.remove(place, promise)) {
                promise.permit().close();
            }
        });
    }
}
