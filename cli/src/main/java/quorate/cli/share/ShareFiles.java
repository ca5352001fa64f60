package quorate.cli.share;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.cli.terminal.CommandFailed;

/** What can be done with the share backups of a node on this machine. Methods throw {@link CommandFailed}. */
public interface ShareFiles {
    /** How the share in a new file is protected. */
    sealed interface Protection {
        /** Not at all. */
        record Plain() implements Protection {}

        /** By the password in a file. */
        record Password(Path file) implements Protection {}

        /** For the holder of an RSA key, given as a PEM file. */
        record Sealed(Path publicKey) implements Protection {}
    }

    /** What opens a file: at most one of both. */
    record Opening(@Nullable Path passwordFile, @Nullable Path privateKey) {
        public boolean isThere() {
            return passwordFile != null || privateKey != null;
        }
    }

    /** How a restore is meant. */
    record Terms(Optional<String> keyId, boolean replace, boolean forceOlderEpoch, boolean dryRun) {}

    /**
     * What a file says of itself, after length, digest, signature and the record of the key were checked.
     *
     * @param protection {@code plain}, {@code password} or {@code rsa}
     * @param recipient the fingerprint of the RSA key; with {@code rsa}
     * @param opened whether the share was opened too, and lies on its public commitment
     */
    record Described(
            String keyId,
            int node,
            long epoch,
            Bytes shareId,
            Bytes publicKey,
            String protection,
            @Nullable Bytes recipient,
            String label,
            Instant createdAt,
            boolean opened) {}

    /** What became of a share: {@code restored}, {@code replaced}, {@code unchanged} or {@code forced}. */
    record Restored(String keyId, int node, long epoch, String outcome) {}

    /**
     * An RSA public key.
     *
     * @param isShort whether it is of the shortest length that nodes accept
     */
    record Recipient(Bytes spki, Bytes fingerprint, boolean isShort) {}

    /** Has the node of that configuration write its share, through its local socket, and reads it back. */
    Described backUp(Path config, String keyId, String label, Protection protection, Path out);

    /** Writes a file that a node sent, and reads it back. */
    Described write(Bytes file, Path out);

    /** Reads a file, opens its share if something opens it, and compares it with the node of that configuration. */
    Described verify(Path file, Opening opening, Optional<Path> config);

    /** Has the node of that configuration take the share out of a file, through its local socket. */
    Restored restore(Path config, Path file, Opening opening, Terms terms);

    /** Reads and checks the public key of a PEM file. */
    Recipient recipient(Path publicKey);
}
