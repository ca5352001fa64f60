package quorate.store;

import java.time.Instant;

/**
 * What a drill of a backup came to (product.md 2.1).
 *
 * @param backupId which backup; this node need not know it
 * @param by the administrator whose word it is
 * @param keys how many keys were in the files
 * @param signed how many of them signed
 */
public record Drill(String backupId, Instant at, String by, boolean ok, int keys, int signed, String detail) {}
