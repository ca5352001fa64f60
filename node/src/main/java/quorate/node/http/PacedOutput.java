package quorate.node.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes bytes on to a reader that must keep taking them: the thread that made it, which writes, is interrupted when
 * {@value #STEP_BYTES} of them take longer than the limit. An interrupt closes the socket on which it waits.
 */
final class PacedOutput extends OutputStream {
    static final int STEP_BYTES = 64 * 1024;

    private final OutputStream out;
    private final Duration limit;
    private final Thread writer = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long stepStart = System.nanoTime();
    private int stepBytes;
    private boolean late;
    private boolean over;

    private PacedOutput(OutputStream out, Duration limit) {
        this.out = out;
        this.limit = limit;
    }

    /** The reader did not keep up. Its connection is closed. */
    static final class ReaderTooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        ReaderTooSlow(Duration limit) {
            super("the reader took less than " + STEP_BYTES + " bytes within " + limit);
        }
    }

    /** Watches over {@code out} until it is closed. */
    static PacedOutput start(OutputStream out, Duration limit) {
        var paced = new PacedOutput(out, limit);
        Thread.ofVirtual().name("paced-output").start(paced::watch);
        return paced;
    }

    private void watch() {
        lock.lock();
        try {
            while (!over) {
                long left = limit.toNanos() - (System.nanoTime() - stepStart);
                if (left <= 0) {
                    late = true;
                    writer.interrupt();
                    return;
                }
                ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; a reader that is not watched would be a slow one that nobody notices.
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int count = Math.min(end - at, STEP_BYTES);
            int from = at;
            inTime(() -> out.write(bytes, from, count));
            took(count);
            at += count;
        }
    }

    @Override
    public void flush() throws IOException {
        inTime(out::flush);
    }

    @Override
    public void close() throws IOException {
        try {
            inTime(out::close);
        } finally {
            end();
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    /** What fails because the reader is too slow says so, whatever the interrupted call makes of it. */
    private void inTime(Writing writing) throws IOException {
        requireInTime();
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            if (isLate()) {
                var slow = new ReaderTooSlow(limit);
                slow.addSuppressed(e);
                throw slow;
            }
            throw e;
        }
        requireInTime();
    }

    private void requireInTime() throws ReaderTooSlow {
        if (isLate()) {
            throw new ReaderTooSlow(limit);
        }
    }

    private boolean isLate() {
        lock.lock();
        try {
            return late;
        } finally {
            lock.unlock();
        }
    }

    private void took(int count) {
        lock.lock();
        try {
            stepBytes += count;
            if (stepBytes >= STEP_BYTES) {
                stepBytes = 0;
                stepStart = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From here on nobody interrupts; an interrupt that came is not left to the next request. */
    private void end() {
        lock.lock();
        try {
            over = true;
            ended.signal();
            if (late) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
