package quorate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * How long each of many calls took, and all of them together.
 *
 * @param ascending of each call, in nanoseconds
 * @param nanos from the first begin to the last end
 */
record Latencies(List<Long> ascending, long nanos) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    Latencies {
        ascending = ascending.stream().sorted().toList();
    }

    /** What is measured. */
    @FunctionalInterface
    interface Call {
        /** Does it once; false if there is nothing left to do it with. */
        boolean once();
    }

    /** So many callers, each of whom calls one time after another for so long, or until nothing is left. */
    static Latencies of(int callers, Duration duration, Call call) throws InterruptedException, ExecutionException {
        var all = new ArrayList<Long>();
        long begun = System.nanoTime();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Long>> caller = () -> caller(begun + duration.toNanos(), call);
            for (var future : pool.invokeAll(Collections.nCopies(callers, caller))) {
                all.addAll(future.get());
            }
        }
        return new Latencies(all, System.nanoTime() - begun);
    }

    /** At least one call, however long it takes. */
    private static List<Long> caller(long end, Call call) {
        var latencies = new ArrayList<Long>();
        long begun = System.nanoTime();
        do {
            if (!call.once()) {
                break;
            }
            long now = System.nanoTime();
            latencies.add(now - begun);
            begun = now;
        } while (begun - end < 0);
        return latencies;
    }

    /** Several calls of one caller, so many times. */
    static Latencies times(int calls, Runnable call) {
        var latencies = new ArrayList<Long>();
        long first = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long begun = System.nanoTime();
            call.run();
            latencies.add(System.nanoTime() - begun);
        }
        return new Latencies(latencies, System.nanoTime() - first);
    }

    /** As JSON, where each call did {@code things}. */
    String json(int things) {
        return String.format(
                Locale.ROOT,
                "{\"perSecond\": %.1f, \"p50ms\": %.2f, \"p99ms\": %.2f, \"count\": %d}",
                ascending.size() * things * NANOS_PER_SECOND / nanos,
                quantile(0.50),
                quantile(0.99),
                ascending.size());
    }

    private double quantile(double share) {
        int last = ascending.size() - 1;
        return last < 0 ? 0 : ascending.get(Math.min(last, (int) (share * ascending.size()))) / NANOS_PER_MILLI;
    }
}
