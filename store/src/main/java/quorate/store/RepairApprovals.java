package quorate.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Who allowed this node to take part in repairs, and until when. Each is for one session, and kept for ever. */
public final class RepairApprovals {
    private static final String COLUMNS = "session_id, key_id, target, approved_by, approved_at, expires_at";

    private final Storage storage;

    RepairApprovals(Storage storage) {
        this.storage = storage;
    }

    /** Durable when it returns; empty if something was approved for this session before. */
    public Optional<RepairApproval> give(Bytes sessionId, String keyId, Bytes target, String by, Duration validity) {
        // As the database keeps it.
        var now = storage.now().truncatedTo(ChronoUnit.MILLIS);
        var approval = new RepairApproval(sessionId, keyId, target, by, now, now.plus(validity));
        boolean given = storage.write(t -> t.change(
                        "INSERT INTO repair_approval (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        sessionId.requireLength(Sharing.ID_BYTES, "session id"),
                        keyId,
                        target.requireLength(Sharing.ID_BYTES, "node id"),
                        by,
                        approval.approvedAt(),
                        approval.expiresAt())
                == 1);
        return given ? Optional.of(approval) : Optional.empty();
    }

    /** Whether this session may repair the share of {@code target} now. */
    public boolean holds(Bytes sessionId, String keyId, Bytes target) {
        return storage.read(t -> t.exists(
                "SELECT 1 FROM repair_approval WHERE session_id = ? AND key_id = ? AND target = ? AND expires_at > ?",
                sessionId,
                keyId,
                target,
                storage.now()));
    }

    /** All that were ever given, the oldest first. */
    public List<RepairApproval> all() {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM repair_approval ORDER BY approved_at, session_id",
                row -> new RepairApproval(
                        row.bytes("session_id"),
                        row.text("key_id"),
                        row.bytes("target"),
                        row.text("approved_by"),
                        row.time("approved_at"),
                        row.time("expires_at"))));
    }
}
