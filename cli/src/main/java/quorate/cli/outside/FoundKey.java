package quorate.cli.outside;

import java.util.Arrays;
import quorate.algebra.Group;

/**
 * A private key that was found in a file.
 *
 * @param scalar big-endian, 32 bytes; wiped by {@link #close}
 * @param wasExpanded whether it comes of a seed, which is lost with its deterministic nonces
 */
public record FoundKey(Group group, byte[] scalar, boolean wasExpanded) implements AutoCloseable {
    @Override
    public void close() {
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "FoundKey[redacted]";
    }
}
