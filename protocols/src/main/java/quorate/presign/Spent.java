package quorate.presign;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids that are CLAIMED, as long as they are remembered. An unknown id is refused likewise and can never come
 * again, so forgetting costs only a clear answer. Guarded by the lock of the pool.
 */
final class Spent {
    private static final long REMEMBERED_NANOS = Duration.ofDays(1).toNanos();

    /** About 25 MB; at a high rate of signatures the oldest are forgotten before their day is over. */
    private static final int MAX = 200_000;

    private final Map<PresignatureId, Long> since = new LinkedHashMap<>();

    void add(PresignatureId id, long now) {
        since.put(id, now);
        forget(now);
    }

    boolean contains(PresignatureId id) {
        return since.containsKey(id);
    }

    void forget(long now) {
        var oldest = since.values().iterator();
        while (oldest.hasNext()) {
            long at = oldest.next();
            if (since.size() <= MAX && now - at <= REMEMBERED_NANOS) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return since.size();
    }
}
