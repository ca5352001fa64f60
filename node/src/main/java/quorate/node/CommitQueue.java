package quorate.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of the commit protocol, or of pools, in order, on a thread of its own: it takes its time, and links
 * must be read on meanwhile. Every peer has its own bounded room in it; what is dropped is asked for again (R7).
 */
final class CommitQueue implements AutoCloseable {
    /** Two of the largest frames. */
    static final int BYTES_PER_PEER = 16 << 20;

    /** What a frame costs besides its bytes. */
    private static final int FRAME_COST = 256;

    /** A step is one transaction; what is left undone is done after the next start. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);

    private final ExecutorService committing;
    private final Map<Integer, Semaphore> rooms = new ConcurrentHashMap<>();
    private final Duration patience;

    CommitQueue() {
        this("commit", PATIENCE);
    }

    /** @param name of its thread */
    CommitQueue(String name) {
        this(name, PATIENCE);
    }

    /** A queue whose end waits so long for what is in it. */
    CommitQueue(String name, Duration patience) {
        this.committing = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
        this.patience = patience;
    }

    /** Handles a frame of {@code player} of so many bytes. False: too many of its frames are waiting. */
    boolean offer(int player, int bytes, Runnable work) {
        var room = rooms.computeIfAbsent(player, ignored -> new Semaphore(BYTES_PER_PEER));
        int cost = bytes + FRAME_COST;
        if (!room.tryAcquire(cost)) {
            return false;
        }
        execute(() -> {
            try {
                work.run();
            } finally {
                room.release(cost);
            }
        });
        return true;
    }

    /** Does work of this node itself. What fails is logged: the next may still succeed. */
    void execute(Runnable work) {
        try {
            committing.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("handling a frame failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the node stops", e);
        }
    }

    /** Finishes what is waiting, as far as the time allows; interrupts and drops the rest. */
    @Override
    public void close() {
        committing.shutdown();
        try {
            if (committing.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            LOG.warn("the work of the commit protocol does not end within {}", patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int dropped = committing.shutdownNow().size();
        LOG.warn("{} steps of the commit protocol are left for the next start", dropped);
    }
}
