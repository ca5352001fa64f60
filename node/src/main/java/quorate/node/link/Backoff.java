package quorate.node.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts: doubled each time up to a cap, each between half of it and all of it. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        long nanos = next.toNanos();
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }

    void reset() {
        next = first;
    }
}
