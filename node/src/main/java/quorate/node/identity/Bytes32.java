package quorate.node.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * 32 public bytes compared by value: a pin, an id, a statement key, an incarnation. Never a secret: it
 * prints itself.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Bytes32(String hex) {
    public static final int LENGTH = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int GROUP = 4;

    public Bytes32 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 64 lower-case hexadecimal digits");
        }
    }

    public static Bytes32 of(byte[] bytes) {
        return new Bytes32(HexFormat.of().formatHex(bytes));
    }

    public static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    public static Bytes32 sha256(byte[] input) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
}
