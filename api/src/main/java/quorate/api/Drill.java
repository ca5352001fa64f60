package quorate.api;

import java.time.Instant;

/**
 * A drill of a backup as a node was told of it.
 *
 * @param at when it was recorded, by the clock of the node
 * @param by the administrator whose word it is
 * @param keys how many keys were in the files
 * @param signed how many of them signed
 */
public record Drill(String backupId, Instant at, String by, boolean ok, int keys, int signed, String detail) {
    public Drill {
        Require.backupId("backupId", backupId);
        Require.present("at", at);
        Require.present("by", by);
        Require.between("keys", keys, 0, Integer.MAX_VALUE);
        Require.between("signed", signed, 0, keys);
        Require.present("detail", detail);
    }
}
