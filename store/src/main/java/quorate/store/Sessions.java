package quorate.store;

import java.time.Instant;

/** Session ids that were used, kept for a retention window (protocols.md 0.4). Security does not rest on them. */
public final class Sessions {
    private final Storage storage;

    Sessions(Storage storage) {
        this.storage = storage;
    }

    /** Marks the id as used; false if it was used before. */
    public boolean use(Bytes sessionId) {
        return storage.write(t -> t.change(
                        "INSERT OR IGNORE INTO session_used (session_id, seen_at) VALUES (?, ?)",
                        sessionId.requireLength(Sharing.ID_BYTES, "session id"),
                        storage.now())
                == 1);
    }

    public boolean isUsed(Bytes sessionId) {
        return storage.read(t -> t.exists("SELECT 1 FROM session_used WHERE session_id = ?", sessionId));
    }

    /** Forgets what was used before that time; returns how many. */
    public int forget(Instant before) {
        return storage.write(t -> t.change("DELETE FROM session_used WHERE seen_at < ?", before));
    }
}
