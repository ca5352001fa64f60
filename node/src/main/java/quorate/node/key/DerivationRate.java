package quorate.node.key;

import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;

/**
 * Counts the steps of derivations and limits their rate (protocols.md 3.8): who may sign may name any path, and each new
 * step costs a multiplication. Thread-safe.
 */
final class DerivationRate implements IntConsumer {
    /** About a tenth of one processor, and far more than addresses are made. */
    static final int STEPS_PER_MINUTE = 100_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private long begun;
    private int steps;

    /** @param nanos monotonic */
    DerivationRate(LongSupplier nanos) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** @throws ProblemException TOO_MANY_REQUESTS if these are too many for this minute: they are not counted then */
    @Override
    public synchronized void accept(int more) {
        long now = nanos.getAsLong();
        if (now - begun >= MINUTE) {
            begun = now;
            steps = 0;
        }
        if (steps > STEPS_PER_MINUTE - more) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "this node derives at most " + STEPS_PER_MINUTE + " new steps of paths in a minute");
        }
        steps += more;
    }
}
