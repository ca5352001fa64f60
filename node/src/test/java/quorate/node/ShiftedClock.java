package quorate.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of this machine, set forward; the monotonic one goes along only if that is asked. */
final class ShiftedClock extends Clock {
    volatile Duration shift = Duration.ZERO;

    /** A monotonic clock that this much has passed on, too: then no clock has jumped. */
    long nanos() {
        return System.nanoTime() + shift.toNanos();
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(shift);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
