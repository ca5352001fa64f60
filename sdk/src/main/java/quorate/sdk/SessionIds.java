package quorate.sdk;

import java.security.SecureRandom;
import java.util.HexFormat;
import quorate.api.Bytes;
import quorate.api.GenerateKey;

/** Fresh ids: of sessions, and of keys whose id the caller leaves open. */
final class SessionIds {
    private static final int KEY_ID_BYTES = 8;

    private final SecureRandom random;

    SessionIds(SecureRandom random) {
        this.random = random;
    }

    Bytes next() {
        return Bytes.of(bytes(GenerateKey.SESSION_ID_BYTES));
    }

    String keyId() {
        return "key-" + HexFormat.of().formatHex(bytes(KEY_ID_BYTES));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
