package quorate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The one-row table {@code pause}. It survives a restart and ends by itself by the wall clock. */
public final class Pauses {
    private final Storage storage;

    Pauses(Storage storage) {
        this.storage = storage;
    }

    /**
     * What pausing came to.
     *
     * @param started whether this call began the pause; if not, somebody else did, and ends it
     */
    public record Paused(Pause pause, boolean started) {}

    /** The pause in force, if there is one. */
    public Optional<Pause> current() {
        return storage.read(this::current);
    }

    /**
     * Begins a pause, or joins the one in force: that keeps its number, author and reason, and ends at the later of
     * both times. So nobody shortens the pause of somebody else.
     */
    public Paused pause(String by, String reason, Optional<Instant> until) {
        return storage.write(t -> {
            var running = current(t);
            if (running.isPresent()) {
                t.changeOne("UPDATE pause SET until = ?", running.get().laterEnd(until));
            } else {
                t.changeOne(
                        """
                        UPDATE pause SET number = number + 1, paused = 1, paused_by = ?, reason = ?, since = ?,
                            until = ?
                        """,
                        by,
                        reason,
                        storage.now(),
                        until);
            }
            return new Paused(row(t).orElseThrow(), running.isEmpty());
        });
    }

    /** Ends whatever pause is in force; false if there was none. */
    public boolean resume() {
        return storage.write(t -> {
            var running = current(t);
            t.changeOne("UPDATE pause SET paused = 0");
            return running.isPresent();
        });
    }

    /** Ends the pause of that number and no other; false if it is over already. */
    public boolean resume(long number) {
        return storage.write(t -> {
            var running = current(t).filter(pause -> pause.number() == number);
            t.change("UPDATE pause SET paused = 0 WHERE number = ?", number);
            return running.isPresent();
        });
    }

    private Optional<Pause> current(Transaction transaction) throws SQLException {
        var now = storage.now();
        return row(transaction).filter(pause -> !pause.isOver(now));
    }

    private static Optional<Pause> row(Transaction transaction) throws SQLException {
        return transaction.row(
                "SELECT number, paused_by, reason, since, until FROM pause WHERE paused = 1",
                row -> new Pause(
                        row.number("number"),
                        row.text("paused_by"),
                        row.text("reason"),
                        row.time("since"),
                        row.optionalTime("until")));
    }

    /** A restored database does not bring back the pause under which its backup was taken. */
    static void clear(Transaction transaction) throws SQLException {
        transaction.changeOne("UPDATE pause SET paused = 0");
    }
}
