package quorate.node.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a restore will do, before it does anything.
 *
 * @param player whose database it is
 * @param masterKey fingerprint of the master key that opens it; the configured one was found to be it
 * @param replaces whether a database is there and is kept aside
 * @param keys what becomes of every key
 * @param after what to do afterwards
 */
public record RestorePlan(
        String backupId,
        int player,
        Instant createdAt,
        String masterKey,
        boolean replaces,
        List<PlannedKey> keys,
        List<String> after) {
    public RestorePlan {
        keys = List.copyOf(keys);
        after = List.copyOf(after);
    }

    /** What becomes of one key. */
    public record PlannedKey(String keyId, long epoch, Fate fate) {}

    /** How a key in the backup compares with the database that is replaced. */
    public enum Fate {
        /** It comes back. */
        RESTORED,
        /** The database that is replaced has the same sharing. */
        UNCHANGED,
        /** The database that is replaced has a newer sharing: after the restore this node's share is stale. */
        STALE,
        /** The backup was taken while it was being made: it comes back only if its generation does. */
        UNFINISHED,
        /** Its record in the backup fails DKG-7: it is restored as it is, and nothing is signed with it. */
        UNSOUND,
        /** It is only in the database that is replaced, and is lost by the restore. */
        LOST
    }
}
