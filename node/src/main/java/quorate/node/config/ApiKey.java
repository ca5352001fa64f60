package quorate.node.config;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import quorate.algebra.Encoding;
import quorate.node.identity.Bytes32;

/**
 * A caller's secret for one node: {@code qrt_<name>_<43 characters>}, the last part 32 random bytes in
 * base64url. A node knows only the SHA-256 of the whole text: 256 random bits need no slow hash.
 */
public final class ApiKey implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final byte[] text;

    private ApiKey(byte[] text) {
        this.text = text;
    }

    static ApiKey create(String caller, SecureRandom random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var encoded = Base64.getUrlEncoder().withoutPadding().encode(secret);
        var text = Encoding.concat(("qrt_" + caller + "_").getBytes(StandardCharsets.US_ASCII), encoded);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
        return new ApiKey(text);
    }

    /** What node.toml holds. */
    Bytes32 sha256() {
        return sha256(text);
    }

    /** The hash of a presented key, to be compared with those of node.toml. */
    public static Bytes32 sha256(byte[] presented) {
        return Bytes32.sha256(presented);
    }

    /** The text itself, for the file of the caller who owns it. Wiped by {@link #close}. */
    byte[] expose() {
        return text;
    }

    @Override
    public void close() {
        Arrays.fill(text, (byte) 0);
    }

    @Override
    public String toString() {
        return "ApiKey[redacted]";
    }
}
