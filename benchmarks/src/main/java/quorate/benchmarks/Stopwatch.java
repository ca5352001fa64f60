package quorate.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Repeats an operation until the compiler has done its work, and then for as long again. */
final class Stopwatch {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FEWEST = 5;

    private final LongSupplier clock;
    private final long warmUpNanos;
    private final long measureNanos;

    /** The first run and the median of the steady state, in ms. */
    record Result(double cold, double median) {
        Result dividedBy(int parts) {
            return new Result(cold / parts, median / parts);
        }
    }

    /**
     * @param clock what is measured: time or CPU time
     * @param seconds of warm-up and measuring together
     */
    Stopwatch(LongSupplier clock, double seconds) {
        this.clock = clock;
        warmUpNanos = (long) (seconds * 0.6e9);
        measureNanos = (long) (seconds * 0.4e9);
    }

    Result measure(Runnable operation) {
        return measure(() -> operation, Runnable::run);
    }

    /** Measures {@code operation} on what {@code preparation} makes, which does not count. */
    <T> Result measure(Supplier<T> preparation, Consumer<T> operation) {
        double cold = once(preparation, operation);
        repeat(preparation, operation, warmUpNanos);
        var times = repeat(preparation, operation, measureNanos);
        Collections.sort(times);
        return new Result(cold, times.get(times.size() / 2));
    }

    private <T> List<Double> repeat(Supplier<T> preparation, Consumer<T> operation, long nanos) {
        var times = new ArrayList<Double>();
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end || times.size() < FEWEST) {
            times.add(once(preparation, operation));
        }
        return times;
    }

    private <T> double once(Supplier<T> preparation, Consumer<T> operation) {
        var prepared = preparation.get();
        long begin = clock.getAsLong();
        operation.accept(prepared);
        return (clock.getAsLong() - begin) / NANOS_PER_MILLI;
    }
}
