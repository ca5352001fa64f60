package quorate.presign;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * {@code next} of one pool (protocols.md 15.4): names ids that all of P hold, each once per 60 s, and only for 5 s
 * after pools were compared. A hand-out is a hint, not a claim. Guarded by the lock of the pool.
 */
final class HandOuts {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long ONCE_PER_NANOS = Duration.ofSeconds(60).toNanos();

    private final Deque<PresignatureId> ready = new ArrayDeque<>();
    private final Map<PresignatureId, Long> handed = new LinkedHashMap<>();
    private boolean compared;
    private long comparedAt;

    /** Pools were compared, and all of P hold these. */
    void compared(SortedSet<PresignatureId> common, long now) {
        var oldest = handed.values().iterator();
        while (oldest.hasNext() && now - oldest.next() >= ONCE_PER_NANOS) {
            oldest.remove();
        }
        ready.clear();
        for (var id : common) {
            if (!handed.containsKey(id)) {
                ready.add(id);
            }
        }
        compared = true;
        comparedAt = now;
    }

    private boolean isFresh(long now) {
        return compared && now - comparedAt <= FRESH_NANOS;
    }

    /** The next id that is {@code free}, if there is one. */
    Optional<PresignatureId> next(Predicate<PresignatureId> free, long now) throws Refused {
        if (!isFresh(now)) {
            throw new Refused(Check.PSG_5, "pools were not compared in the last 5 s");
        }
        while (!ready.isEmpty()) {
            var id = ready.removeFirst();
            if (free.test(id)) {
                handed.put(id, now);
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
