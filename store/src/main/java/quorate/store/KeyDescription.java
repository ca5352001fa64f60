package quorate.store;

import java.nio.charset.StandardCharsets;

/**
 * What is fixed about a key when it is made.
 *
 * @param keyId 1 to 64 bytes of UTF-8 without NUL (protocols.md 0.3)
 * @param attributes one canonical byte string, may be empty (protocols.md 0.4)
 */
public record KeyDescription(String keyId, String scheme, String curve, String purpose, Bytes attributes) {
    private static final int MAX_KEY_ID_BYTES = 64;

    public KeyDescription {
        requireKeyId(keyId);
    }

    static void requireKeyId(String keyId) {
        var bytes = keyId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_KEY_ID_BYTES || keyId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a key id has 1 to 64 bytes of UTF-8 and no NUL");
        }
    }
}
