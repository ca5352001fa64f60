package quorate.node.link;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded frames that wait for the writer of one link, bounded in bytes. Nobody who offers ever waits. What was
 * not sent is wiped: it may be a private message.
 */
final class SendQueue {
    private static final int OVERHEAD = 64;
    private static final int MOST_URGENT = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private final ArrayDeque<byte[]> urgent = new ArrayDeque<>();
    private final int mostBytes;
    private int bytes;
    private boolean closed;

    SendQueue(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What a frame counts in the bound: many small ones cost more than their bytes. */
    static int cost(int frameBytes) {
        return Math.addExact(frameBytes, OVERHEAD);
    }

    /** Takes the frame over; if there is no room for it, it is wiped at once. */
    Sent offer(byte[] frame) {
        lock.lock();
        try {
            if (closed) {
                Arrays.fill(frame, (byte) 0);
                return Sent.DOWN;
            }
            if (bytes + cost(frame.length) > mostBytes) {
                Arrays.fill(frame, (byte) 0);
                return Sent.FULL;
            }
            frames.addLast(frame);
            bytes += cost(frame.length);
            changed.signal();
            return Sent.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Pings and their answers overtake what waits. A few: answers to a peer that pings and never reads are dropped. */
    void offerUrgent(byte[] frame) {
        lock.lock();
        try {
            if (!closed && urgent.size() < MOST_URGENT) {
                urgent.addLast(frame);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next frame; waits for one. Empty when the queue is closed and drained. */
    Optional<byte[]> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (frames.isEmpty() && urgent.isEmpty() && !closed) {
                changed.await();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The next frame if there is one now. */
    Optional<byte[]> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Optional<byte[]> next() {
        if (!urgent.isEmpty()) {
            return Optional.of(urgent.removeFirst());
        }
        var frame = Optional.ofNullable(frames.pollFirst());
        frame.ifPresent(taken -> bytes -= cost(taken.length));
        return frame;
    }

    /** No more offers; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes and wipes what waits. */
    void discard() {
        lock.lock();
        try {
            closed = true;
            frames.forEach(frame -> Arrays.fill(frame, (byte) 0));
            frames.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
