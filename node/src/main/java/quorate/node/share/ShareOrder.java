package quorate.node.share;

import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;

/**
 * What the operator asks of a node over the local socket: exactly one of both.
 *
 * @param backup with {@code protection} PASSWORD the key that the password became is attached
 * @param restore the file is attached, and behind it what opens it, if anything has to
 */
public record ShareOrder(@Nullable Backup backup, @Nullable Restore restore) {
    /**
     * A share into a file.
     *
     * @param recipient the SubjectPublicKeyInfo of an RSA key; exactly with {@code kind} RSA
     * @param argon2id exactly with {@code kind} PASSWORD
     */
    public record Backup(
            String keyId,
            String label,
            Protection.Kind kind,
            Protection.@Nullable Argon2id argon2id,
            @Nullable Bytes recipient) {}

    /**
     * A share out of a file.
     *
     * @param keyId the key that is meant, if it is named
     */
    public record Restore(
            @Nullable String keyId, boolean replace, boolean forceOlderEpoch, boolean dryRun) {}

    public ShareOrder {
        if ((backup == null) == (restore == null)) {
            throw new IllegalArgumentException("exactly one of backup and restore must be there");
        }
    }
}
