package quorate.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Public bytes, written as lower-case hexadecimal. Never a secret: it prints itself and compares in variable time.
 */
public final class Bytes {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /**
     * Reads lower-case hexadecimal.
     *
     * @throws IllegalArgumentException for an odd number of digits or any other character
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Bytes parse(String hex) {
        if (hex.chars().anyMatch(c -> !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("not lower-case hexadecimal");
        }
        if (hex.length() % 2 != 0) {
            throw new IllegalArgumentException("an odd number of hexadecimal digits");
        }
        return new Bytes(HEX.parseHex(hex));
    }

    public int size() {
        return content.length;
    }

    public byte[] toArray() {
        return content.clone();
    }

    @JsonValue
    public String hex() {
        return HEX.formatHex(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return hex();
    }
}
