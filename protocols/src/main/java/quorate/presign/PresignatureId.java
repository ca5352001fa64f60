package quorate.presign;

import java.util.HexFormat;
import quorate.algebra.Encoding;

/**
 * presigId: 32 bytes that name one presignature at all its parties. Ordered as the bytes are. Kept as numbers,
 * because a pool has many of them.
 */
public record PresignatureId(long first, long second, long third, long last) implements Comparable<PresignatureId> {
    public static final int BYTES = 32;

    /**
     * The id of these bytes.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static PresignatureId of(byte[] id) {
        if (id.length != BYTES) {
            throw new IllegalArgumentException("a presignature id has " + BYTES + " bytes, not " + id.length);
        }
        return read(id, 0);
    }

    /** Reads lower-case or upper-case hex. */
    public static PresignatureId parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    static PresignatureId read(byte[] bytes, int at) {
        return new PresignatureId(word(bytes, at, 0), word(bytes, at, 1), word(bytes, at, 2), word(bytes, at, 3));
    }

    private static long word(byte[] bytes, int at, int number) {
        return Encoding.os2ip(bytes, at + number * Long.BYTES, Long.BYTES);
    }

    public byte[] bytes() {
        return Encoding.concat(
                Encoding.i2osp(first, Long.BYTES),
                Encoding.i2osp(second, Long.BYTES),
                Encoding.i2osp(third, Long.BYTES),
                Encoding.i2osp(last, Long.BYTES));
    }

    @Override
    public int compareTo(PresignatureId other) {
        int order = Long.compareUnsigned(first, other.first);
        order = order != 0 ? order : Long.compareUnsigned(second, other.second);
        order = order != 0 ? order : Long.compareUnsigned(third, other.third);
        return order != 0 ? order : Long.compareUnsigned(last, other.last);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(last);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
