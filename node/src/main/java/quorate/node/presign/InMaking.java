package quorate.node.presign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import quorate.presign.PoolKey;

/**
 * The sessions that make presignatures now, by pool. One party has a batch a moment before another: whoever is asked what it
 * holds answers when the sessions that run have ended, or the others would drop what is just arriving here.
 */
final class InMaking {
    private final Map<PoolKey, Set<CompletableFuture<Void>>> running = new HashMap<>();

    /** A session that runs until it is closed. */
    interface Making extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Making begin(PoolKey pool) {
        var end = new CompletableFuture<Void>();
        running.computeIfAbsent(pool, ignored -> new HashSet<>()).add(end);
        return () -> end(pool, end);
    }

    private void end(PoolKey pool, CompletableFuture<Void> end) {
        synchronized (this) {
            var ends = running.getOrDefault(pool, new HashSet<>());
            if (ends.remove(end) && ends.isEmpty()) {
                running.remove(pool);
            }
        }
        end.complete(null);
    }

    /** Done when every session has ended that runs now. */
    synchronized CompletableFuture<Void> ended(PoolKey pool) {
        return CompletableFuture.allOf(
                running.getOrDefault(pool, Set.of()).toArray(CompletableFuture<?>[]::new));
    }
}
