package quorate.node.pair;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for each key and pair (protocols.md 3.6), which exists while somebody holds it or waits for it: there are as many
 * as sessions need at a moment, not as many as keys ever were.
 */
final class PairLocks {
    private final Map<Pair, Entry> entries = new ConcurrentHashMap<>();

    private record Pair(String keyId, int party) {}

    /** {@code users} changes within computations on the map only. */
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;

        private Entry joined() {
            users++;
            return this;
        }
    }

    /** A lock of the thread that took it, which closes this once. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the lock. Who takes several takes them in ascending order of the parties. */
    Held hold(String keyId, int party) {
        var pair = new Pair(keyId, party);
        var entry = entries.compute(pair, (ignored, known) -> (known == null ? new Entry() : known).joined());
        entry.lock.lock();
        return () -> {
            entry.lock.unlock();
            entries.computeIfPresent(pair, (ignored, known) -> --known.users == 0 ? null : known);
        };
    }

    /** How many are held or waited for. */
    int count() {
        return entries.size();
    }
}
