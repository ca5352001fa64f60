package quorate.node.presign;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which keys users work with at this moment: refills of these wait. Whoever names keys that are not here leaves no trace. */
final class KeyUse {
    /** A key is idle if it was not used for so long. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Predicate<String> isKnown;
    private final Map<String, Long> usedAt = new ConcurrentHashMap<>();

    KeyUse(Predicate<String> isKnown) {
        this.isKnown = isKnown;
    }

    void used(String keyId, long now) {
        if (isKnown.test(keyId)) {
            usedAt.put(keyId, now);
        }
    }

    boolean isIdle(String keyId, long now) {
        var used = usedAt.get(keyId);
        return used == null || now - used > IDLE.toNanos();
    }

    /** To be called now and then. */
    void forgetIdle(long now) {
        usedAt.values().removeIf(used -> now - used > IDLE.toNanos());
    }

    /** Of how many keys something is remembered. */
    int size() {
        return usedAt.size();
    }
}
