package quorate.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Why no key is created, imported or reshared here (product.md 2.1).
 *
 * @param number of this pause; the next one has a higher one
 * @param until when it ends by itself; empty: not before it is resumed
 */
public record Pause(long number, String by, String reason, Instant since, Optional<Instant> until) {
    boolean isOver(Instant now) {
        return until.isPresent() && !now.isBefore(until.get());
    }

    /** The later end of both; without an end is the latest. */
    Optional<Instant> laterEnd(Optional<Instant> other) {
        return until.flatMap(mine -> other.map(theirs -> mine.isAfter(theirs) ? mine : theirs));
    }
}
