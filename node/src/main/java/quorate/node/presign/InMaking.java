package quorate.node.presign;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import quorate.presign.PoolKey;

/**
 * The sessions that make presignatures now, by pool. One party has a batch a moment before another: whoever is asked what it
 * holds answers when the sessions that run have ended, or the others would drop what is just arriving here.
 */
final class InMaking {
    private final Map<PoolKey, Map<Long, CompletableFuture<Void>>> running = new HashMap<>();
    private long begun;

    /** A session that runs until it is closed. */
    interface Making extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Making begin(PoolKey pool) {
        long number = begun++;
        running.computeIfAbsent(pool, ignored -> new HashMap<>()).put(number, new CompletableFuture<>());
        return () -> end(pool, number);
    }

    private void end(PoolKey pool, long number) {
        var ended = new CompletableFuture<Void>();
        synchronized (this) {
            var ofPool = running.getOrDefault(pool, new HashMap<>());
            ended = Optional.ofNullable(ofPool.remove(number)).orElse(ended);
            if (ofPool.isEmpty()) {
                running.remove(pool);
            }
        }
        ended.complete(null);
    }

    /** Done when every session has ended that runs now. */
    synchronized CompletableFuture<Void> ended(PoolKey pool) {
        return CompletableFuture.allOf(
                running.getOrDefault(pool, Map.of()).values().toArray(CompletableFuture<?>[]::new));
    }
}
