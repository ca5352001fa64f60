package quorate.store;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** The key that opens a database: it seals one data key, which seals the rows. Prints nothing, dies when closed. */
public final class MasterKey implements AutoCloseable {
    static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final String FINGERPRINT_TAG = "quorate/v1/master-key-fingerprint";

    private final byte[] key;
    private final String fingerprint;

    /** Takes the array over and wipes it when closed. */
    MasterKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes");
        }
        this.key = key;
        this.fingerprint = fingerprintOf(key);
    }

    /** 16 hex digits that name this key and say nothing about it. Two keys share one with probability 2^-64. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Seals and opens under this key; lives as long as it is not closed, also when this key is. */
    Sealer sealer(SecureRandom random) {
        return new Sealer(key, random);
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "MasterKey[" + fingerprint + ", redacted]";
    }

    /** First bytes of SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ key): one use of the hash, apart from every other. */
    private static String fingerprintOf(byte[] key) {
        var hash = Sha256.start();
        var tag = hash.digest(FINGERPRINT_TAG.getBytes(StandardCharsets.US_ASCII));
        hash.update(tag);
        hash.update(tag);
        return HexFormat.of().formatHex(hash.digest(key), 0, FINGERPRINT_BYTES);
    }
}
