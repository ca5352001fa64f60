package quorate.testkit.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** The same bytes for the same seed and label: SHA-256 in counter mode. For tests only. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final String label;
    private long counter;

    public SeededRandom(long seed, String label) {
        this.seed = seed;
        this.label = label;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            var block = block(counter++);
            int length = Math.min(block.length, bytes.length - at);
            System.arraycopy(block, 0, bytes, at, length);
            at += length;
        }
    }

    public byte[] bytes(int length) {
        var bytes = new byte[length];
        nextBytes(bytes);
        return bytes;
    }

    private byte[] block(long number) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(label.getBytes(StandardCharsets.UTF_8));
            return hash.digest(ByteBuffer.allocate(2 * Long.BYTES).putLong(seed).putLong(number).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
