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
    /** key || fields || counter. */
    private final byte[] input = new byte[Sha256.BYTES + MAX_FIELD_BYTES + 1];
    /** Two blocks: what one scalar is made of, and more than any rest. */
    private final byte[] output = new byte[2 * Sha256.BYTES];

    /** Copies {@code key}, 32 bytes. */
    public KeyedExpander(byte[] key) {
        rekey(key);
    }

    /** Forgets the key for another one: as a new expander, without making one. */
    public void rekey(byte[] key) {
        if (key.length != Sha256.BYTES) {
            throw new IllegalArgumentException("a key has " + Sha256.BYTES + " bytes, not " + key.length);
        }
        System.arraycopy(key, 0, input, 0, Sha256.BYTES);
    }

    /** KX: {@code length} bytes. */
    public byte[] expand(byte[] fields, int length) {
        var out = new byte[Math.max(length, 0)];
        expand(fields, length, out, 0);
        return out;
    }

    /** KX: {@code length} bytes into {@code out} from {@code at}. */
    public void expand(byte[] fields, int length, byte[] out, int at) {
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("at most " + MAX_BYTES + " bytes, not " + length);
        }
        int inputBytes = setFields(fields);
        int end = at + length;
        for (int from = at, counter = 0; from < end; from += Sha256.BYTES, counter++) {
            if (end - from >= Sha256.BYTES) {
                block(inputBytes, counter, out, from);
            } else {
                block(inputBytes, counter, output, 0);
                System.arraycopy(output, 0, out, from, end - from);
            }
        }
    }

    /** KXS, into entry {@code i} of a vector. */
    public void expand(byte[] fields, ScalarVector vector, int i) {
        int inputBytes = setFields(fields);
        block(inputBytes, 0, output, 0);
        block(inputBytes, 1, output, Sha256.BYTES);
        vector.reduce(i, output, 0);
    }

    /** Length of key || fields || counter. */
    private int setFields(byte[] fields) {
        if (fields.length > MAX_FIELD_BYTES) {
            throw new IllegalArgumentException("fields have at most " + MAX_FIELD_BYTES + " bytes, not " + fields.length);
        }
        System.arraycopy(fields, 0, input, Sha256.BYTES, fields.length);
        return Sha256.BYTES + fields.length + 1;
    }

    private void block(int inputBytes, int counter, byte[] out, int at) {
        input[inputBytes - 1] = (byte) counter;
        sha256.update(input, 0, inputBytes).digest(out, at);
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

    /** Wipes the key and what was last expanded. What is expanded afterwards is worthless. */
    public void erase() {
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyedExpander[redacted]";
    }
}
