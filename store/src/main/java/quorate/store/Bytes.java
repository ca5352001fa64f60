package quorate.store;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable public byte string, compared by content: an id, an encoding, a statement. Never a secret. */
public final class Bytes {
    private static final int PRINTED_BYTES = 32;

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    public static Bytes of(byte[] value) {
        return new Bytes(value.clone());
    }

    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** Fresh random bytes for a public name, such as a database incarnation. */
    public static Bytes random(int length, SecureRandom random) {
        var value = new byte[length];
        random.nextBytes(value);
        return new Bytes(value);
    }

    public int length() {
        return value.length;
    }

    public byte[] toArray() {
        return value.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    /** This, if it has that length. */
    Bytes requireLength(int length, String name) {
        if (value.length != length) {
            throw new IllegalArgumentException(name + " has " + value.length + " bytes, needs " + length);
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Hex, cut after 32 bytes. */
    @Override
    public String toString() {
        var shown = HexFormat.of().formatHex(value, 0, Math.min(value.length, PRINTED_BYTES));
        return value.length <= PRINTED_BYTES ? shown : shown + "... (" + value.length + " bytes)";
    }
}
