package quorate.algebra;

import java.util.Arrays;

/**
 * KX and KXS of protocols.md 0.2: bulk expansion of one key, a single SHA-256 compression per 32 bytes.
 * For inputs of one fixed length per key only; the key is the output of a {@link Transcript} under a
 * tag that is used for nothing else. Not thread-safe; the key is wiped by {@link #erase}.
 */
public final class KeyedExpander {
    /** key || fields || counter, at most 55 bytes, and the padding of SHA-256 fill exactly one block. */
    public static final int MAX_FIELD_BYTES = 22;

    /** The counter has one byte. */
    public static final int MAX_BYTES = 256 * Sha256.BYTES;

    private final Sha256 sha256 = new Sha256();
    private final byte[] key;

    /** Copies {@code key}, 32 bytes. */
    public KeyedExpander(byte[] key) {
        if (key.length != Sha256.BYTES) {
            throw new IllegalArgumentException("a key has " + Sha256.BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** KX: {@code length} bytes. */
    public byte[] expand(byte[] fields, int length) {
        if (fields.length > MAX_FIELD_BYTES) {
            throw new IllegalArgumentException("fields have at most " + MAX_FIELD_BYTES + " bytes, not " + fields.length);
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("at most " + MAX_BYTES + " bytes, not " + length);
        }
        var out = new byte[length];
        for (int at = 0, counter = 0; at < length; at += Sha256.BYTES, counter++) {
            var block = sha256.update(key).update(fields).update((byte) counter).digest();
            System.arraycopy(block, 0, out, at, Math.min(Sha256.BYTES, length - at));
            Arrays.fill(block, (byte) 0);
        }
        return out;
    }

    /** KXS, for outputs that both parties know. */
    public Scalar toScalar(Group group, byte[] fields) {
        return group.reduce(expand(fields, group.wideBytes()));
    }

    /** KXS, for outputs that are secret. */
    public SecretScalar toSecret(Group group, Secrets scope, byte[] fields) {
        var wide = expand(fields, group.wideBytes());
        try {
            return group.reduceSecret(scope, wide);
        } finally {
            Arrays.fill(wide, (byte) 0);
        }
    }

    /** Wipes the key. What is expanded afterwards is worthless. */
    public void erase() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyedExpander[redacted]";
    }
}
