package quorate.node.link;

import java.time.Duration;

/**
 * Whether the other end still lives: after a silence a ping, after two unanswered pings it is dead
 * (protocols.md 15.2). Anything heard is a sign of life. Pure: time is passed in. Not thread-safe.
 */
final class Liveness {
    private static final int UNANSWERED_WHEN_DEAD = 2;

    private final long silence;
    private final long patience;
    private long lastHeard;
    private long pingedAt;
    private boolean waiting;
    private int unanswered;

    /**
     * A link that has just come up.
     *
     * @param silence after which a ping is due
     * @param patience how long a ping may stay unanswered
     */
    Liveness(Duration silence, Duration patience, long nowNanos) {
        this.silence = silence.toNanos();
        this.patience = patience.toNanos();
        this.lastHeard = nowNanos;
    }

    /** What is due now. */
    enum Due {
        NOTHING,
        PING,
        DEATH
    }

    void heard(long nowNanos) {
        lastHeard = nowNanos;
        waiting = false;
        unanswered = 0;
    }

    Due tick(long nowNanos) {
        if (!waiting) {
            return nowNanos - lastHeard >= silence ? ping(nowNanos) : Due.NOTHING;
        }
        if (nowNanos - pingedAt < patience) {
            return Due.NOTHING;
        }
        unanswered++;
        return unanswered >= UNANSWERED_WHEN_DEAD ? Due.DEATH : ping(nowNanos);
    }

    private Due ping(long nowNanos) {
        pingedAt = nowNanos;
        waiting = true;
        return Due.PING;
    }
}
