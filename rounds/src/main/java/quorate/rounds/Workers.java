package quorate.rounds;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Where sessions compute: virtual threads wait, they do not compute. */
@FunctionalInterface
public interface Workers {
    /**
     * Runs {@code work} and returns its result. An interrupt of the caller is kept for later: to leave the work
     * behind would mean to wipe its secrets under it.
     */
    <T> T compute(Supplier<T> work);

    /**
     * Runs {@code work} for 0 to count - 1, in any order and perhaps several at a time; returns when all are done. The
     * caller works too, so that it gets done even if nobody else has time.
     */
    default void each(int count, IntConsumer work) {
        for (int i = 0; i < count; i++) {
            work.accept(i);
        }
    }

    /** On the calling thread. */
    static Workers none() {
        return Supplier::get;
    }

    /** On {@code pool}, which has platform threads. What the work throws is thrown on. */
    static Workers of(ExecutorService pool) {
        return new Workers() {
            @Override
            public void each(int count, IntConsumer work) {
                new Share(count, work).distribute(pool);
            }

            @Override
            public <T> T compute(Supplier<T> work) {
                var future = pool.submit(work::get);
                boolean interrupted = false;
                try {
                    while (true) {
                        try {
                            return future.get();
                        } catch (InterruptedException e) {
                            interrupted = true;
                        }
                    }
                } catch (ExecutionException e) {
                    throw cause(e);
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
    }

    private static RuntimeException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException bug -> bug;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e.getCause());
        };
    }
}
