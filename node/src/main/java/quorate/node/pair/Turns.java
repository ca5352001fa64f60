package quorate.node.pair;

import java.time.Duration;

/** Counts what happens, for those who look whether that has changed anything for them. */
final class Turns {
    private long count;

    /** To be asked before looking: then nothing that happens after the look goes unnoticed. */
    synchronized long count() {
        return count;
    }

    synchronized void next() {
        count++;
        notifyAll();
    }

    /** Waits until more has happened than {@code seen}, or for so long. */
    synchronized void await(long seen, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); count == seen && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }
}
