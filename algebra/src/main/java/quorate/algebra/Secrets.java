package quorate.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scope of one ceremony's secrets. What is registered here is overwritten with zeros when the
 * scope closes, on every path. Erasure on a JVM is best effort: the collector may have moved copies
 * (THREAT_MODEL.md).
 */
public final class Secrets implements AutoCloseable {
    private final List<Object> arrays = new ArrayList<>();
    private volatile boolean closed;

    /** Registers {@code secret} for wiping and returns it. */
    public synchronized byte[] keep(byte[] secret) {
        if (closed) {
            Arrays.fill(secret, (byte) 0);
            throw new IllegalStateException("the scope of this secret is closed");
        }
        arrays.add(secret);
        return secret;
    }

    /** Registers {@code secret} for wiping and returns it. */
    public synchronized long[] keep(long[] secret) {
        if (closed) {
            Arrays.fill(secret, 0);
            throw new IllegalStateException("the scope of this secret is closed");
        }
        arrays.add(secret);
        return secret;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (var array : arrays) {
            switch (array) {
                case byte[] bytes -> Arrays.fill(bytes, (byte) 0);
                case long[] limbs -> Arrays.fill(limbs, 0);
                default -> throw new AssertionError(array.getClass());
            }
        }
        arrays.clear();
    }

    @Override
    public synchronized String toString() {
        return "Secrets[" + (closed ? "closed" : arrays.size() + " kept") + "]";
    }
}
