package quorate.presign;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * PSG-7: finds out that this process slept or was put back (protocols.md 15.5). A virtual machine that is suspended
 * and resumed, or resumed from a snapshot of its memory, continues everything except one of its clocks.
 *
 * <p>Jumps are counted, not signalled: whoever must not survive one remembers the count it started from, and so
 * cannot miss a jump that another thread noticed first. Thread-safe.
 */
public final class ClockWatch {
    /** Of protocols.md 0.1. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private final Clocks clocks;
    private final Supplier<?> generation;
    private Instant wall;
    private long nanos;
    private Object machine;
    private long jumps;

    /** Where no hypervisor tells its generation. */
    public ClockWatch(Clocks clocks) {
        this(clocks, () -> "");
    }

    /** @param generation the id that the hypervisor changes when it puts a machine back; compared with equals */
    public ClockWatch(Clocks clocks, Supplier<?> generation) {
        this.clocks = clocks;
        this.generation = generation;
        this.wall = clocks.wall().instant();
        this.nanos = clocks.nanos().getAsLong();
        this.machine = generation.get();
    }

    /**
     * Compares the clocks with the last check. To be asked every second, before each claim, and before each release
     * of a one-time value of a running session.
     *
     * @return how many jumps there were since this watch began
     */
    public synchronized long jumps() {
        var wallNow = clocks.wall().instant();
        long nanosNow = clocks.nanos().getAsLong();
        var machineNow = generation.get();
        // a divergence above 30 s since the last check
        var divergence = Duration.between(wall, wallNow).minusNanos(nanosNow - nanos).abs();
        if (divergence.compareTo(LIMIT) > 0 || !Objects.equals(machine, machineNow)) {
            jumps++;
        }
        wall = wallNow;
        nanos = nanosNow;
        machine = machineNow;
        return jumps;
    }
}
