package quorate.presign;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a process.
 *
 * @param wall set by people and time synchronisation
 * @param nanos monotonic, of any origin, like {@link System#nanoTime}
 */
public record Clocks(InstantSource wall, LongSupplier nanos) {}
