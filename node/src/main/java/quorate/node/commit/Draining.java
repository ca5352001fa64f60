package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import quorate.commit.Change;
import quorate.commit.Octets;

/**
 * "Before CLEAN destroys PREVIOUS the node refuses new sessions on it and waits, bounded, for running ones" (R3).
 * Used under the lock of {@link Commits}.
 */
final class Draining {
    /** "drain before CLEAN", protocols.md 0.1. */
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final Sharings sharings;
    private final Clock clock;
    private final Map<Octets, Instant> begun = new HashMap<>();

    Draining(Sharings sharings, Clock clock) {
        this.sharings = sharings;
        this.clock = clock;
    }

    /** Whether the change may be written now; if not, it is to be tried again soon. */
    boolean isDone(Change change) {
        return switch (change) {
            case Change.Clean clean -> isDone(clean.record().operation());
            case Change.TakeProven proven -> isDone(proven.record().operation());
            case Change.StorePending pending -> true;
            case Change.StoreRefused refused -> true;
            case Change.Keep keep -> true;
            case Change.Refuse refuse -> true;
            case Change.Commit commit -> true;
            case Change.Freeze freeze -> true;
            case Change.Revert revert -> true;
            case Change.Adopt adopt -> true;
            case Change.CloseRepaired repaired -> true;
        };
    }

    private boolean isDone(quorate.commit.Operation operation) {
        if (operation.baseShareId().isEmpty()) {
            return true;
        }
        var since = begun.computeIfAbsent(operation.opId(), first -> clock.instant());
        boolean done = sharings.retire(operation.keyId(), operation.baseShareId())
                || Duration.between(since, clock.instant()).compareTo(AT_MOST) >= 0;
        if (done) {
            begun.remove(operation.opId());
        }
        return done;
    }
}
