package quorate.store;

import java.sql.SQLException;
import java.util.List;

/** The table {@code event}, append-only. */
public final class Events {
    private final Storage storage;

    Events(Storage storage) {
        this.storage = storage;
    }

    /** Appends; returns the id of the event, higher than all before. */
    public long append(String kind, String detail) {
        return storage.write(t -> t.row(
                        "INSERT INTO event (time, kind, detail) VALUES (?, ?, ?) RETURNING event_id",
                        row -> row.number("event_id"),
                        storage.now(),
                        kind,
                        detail)
                .orElseThrow());
    }

    /** Up to so many events after that id, the oldest first. */
    public List<Event> after(long id, int limit) {
        return storage.read(t -> t.rows(
                "SELECT event_id, time, kind, detail FROM event WHERE event_id > ? ORDER BY event_id LIMIT ?",
                Events::event,
                id,
                limit));
    }

    /** The last so many events, the newest first. */
    public List<Event> latest(int limit) {
        return storage.read(t -> t.rows(
                "SELECT event_id, time, kind, detail FROM event ORDER BY event_id DESC LIMIT ?",
                Events::event,
                limit));
    }

    private static Event event(Row row) throws SQLException {
        return new Event(row.number("event_id"), row.time("time"), row.text("kind"), row.text("detail"));
    }
}
