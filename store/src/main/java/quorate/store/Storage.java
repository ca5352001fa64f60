package quorate.store;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live database of this process: one connection that writes, one that reads. Every write checks first that this
 * process still owns the database (PSG-3), in the transaction that it belongs to.
 */
final class Storage implements Reads, AutoCloseable {
    private final SqlConnection writer;
    private final SqlConnection reader;
    private final Bytes inc;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean logIsDue;

    Storage(SqlConnection writer, SqlConnection reader, Bytes inc, Clock clock) {
        this.writer = writer;
        this.reader = reader;
        this.inc = inc;
        this.clock = clock;
    }

    /** Durable when it returns; nothing happened when it throws. */
    <T> T write(Transaction.Work<T> work) {
        try {
            return count(work);
        } finally {
            changes.incrementAndGet();
        }
    }

    /** As {@link #write}, for counters: whoever remembers what he read by {@link #changes} has nothing to read again. */
    <T> T count(Transaction.Work<T> work) {
        return writer.write(transaction -> {
            Owner.require(transaction, inc);
            return work.in(transaction);
        });
    }

    /** How many writes there were, successful or not; without those that only count. */
    long changes() {
        return changes.get();
    }

    /**
     * As {@link #write}, for changes that erase secrets: deleted rows are overwritten (secure_delete), and the log that
     * still has them is emptied. If somebody reads at that moment, {@link #emptyLogIfDue} does the last step.
     */
    <T> T erase(Transaction.Work<T> work) {
        var result = write(work);
        logIsDue = true;
        emptyLogIfDue();
        return result;
    }

    /** Empties the log of what was erased, unless somebody reads: nobody waits for that, least of all a signature. */
    void emptyLogIfDue() {
        if (logIsDue) {
            logIsDue = !writer.emptyLog();
        }
    }

    @Override
    public <T> T read(Transaction.Work<T> work) {
        return reader.read(work);
    }

    void requireOwner() {
        reader.read(transaction -> {
            Owner.require(transaction, inc);
            return true;
        });
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        try (writer) {
            reader.close();
        }
    }
}
