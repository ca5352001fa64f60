package quorate.rounds;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work in numbered pieces, of which everybody who has time takes the next one. The caller takes pieces as well, so the
 * work gets done even on a pool that is busy with callers like this one.
 */
final class Share {
    private final int count;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Share(int count, IntConsumer work) {
        this.count = count;
        this.work = work;
        this.left = new CountDownLatch(count);
    }

    /** Returns when all pieces are done; throws on what the first failing one threw. */
    void distribute(ExecutorService pool) {
        int helpers = Math.min(count, Runtime.getRuntime().availableProcessors()) - 1;
        try {
            for (int i = 0; i < helpers; i++) {
                pool.execute(this::help);
            }
        } catch (RejectedExecutionException e) {
            // A pool that is closing helps nobody; the caller does it alone.
        }
        help();
        awaitOthers();
        switch (failure.get()) {
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> {}
        }
    }

    private void help() {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            try {
                work.accept(i);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    /** An interrupt is kept for later: pieces that others work on use this caller's secrets. */
    private void awaitOthers() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
