package quorate.rsa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of a SubjectPublicKeyInfo: how lists, files and people name an RSA key.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
    public static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int GROUP = 4;

    public Fingerprint {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 64 lower-case hexadecimal digits");
        }
    }

    /** That of a key in its strict encoding. */
    public static Fingerprint of(byte[] spki) {
        return new Fingerprint(HexFormat.of().formatHex(sha256(spki)));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** In groups of four digits, to be read aloud and compared. */
    public String grouped() {
        var groups = new StringBuilder();
        for (int at = 0; at < hex.length(); at += GROUP) {
            groups.append(at == 0 ? "" : " ").append(hex, at, at + GROUP);
        }
        return groups.toString();
    }

    @Override
    public String toString() {
        return hex;
    }

    static byte[] sha256(byte[] input) {
        return digest().digest(input);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
