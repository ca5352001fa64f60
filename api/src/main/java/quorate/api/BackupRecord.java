package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a node remembers of a backup it made. {@code checkedAt} is when the last result was recorded. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupRecord(
        int player,
        String backupId,
        Instant createdAt,
        int keys,
        BackupState state,
        Bytes digest,
        String detail,
        @Nullable Instant checkedAt) {
    public BackupRecord {
        Require.player("player", player);
        Require.backupId("backupId", backupId);
        Require.present("createdAt", createdAt);
        Require.between("keys", keys, 0, Integer.MAX_VALUE);
        Require.present("state", state);
        Require.present("digest", digest);
        Require.present("detail", detail);
    }
}
