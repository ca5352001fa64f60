package quorate.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a sealed text belongs: its table, every column that names its row, and those that nothing else vouches for.
 * Encoded injectively (count, then each part after its length) it is the associated data, so a sealed text put into
 * another row, or beside other values, does not open.
 */
final class Place {
    private static final String CONTEXT = "quorate/v1/sealed-row";

    private final List<byte[]> parts = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();

    private Place(String table) {
        parts.add(CONTEXT.getBytes(StandardCharsets.US_ASCII));
        text("table", table);
    }

    static Place in(String table) {
        return new Place(table);
    }

    Place text(String column, String value) {
        return part(column, value.getBytes(StandardCharsets.UTF_8), value);
    }

    Place number(String column, long value) {
        return part(column, ByteBuffer.allocate(Long.BYTES).putLong(value).array(), Long.toString(value));
    }

    Place bytes(String column, Bytes value) {
        return part(column, value.toArray(), value.toString());
    }

    /** A value that belongs to the sealed text and is shown to nobody. */
    Place unnamed(Bytes value) {
        parts.add(value.toArray());
        return this;
    }

    private Place part(String column, byte[] value, String shown) {
        parts.add(value);
        name.append(name.isEmpty() ? "" : ", ").append(column).append(' ').append(shown);
        return this;
    }

    byte[] associatedData() {
        var length = Short.BYTES;
        for (var part : parts) {
            length += Integer.BYTES + part.length;
        }
        var encoded = ByteBuffer.allocate(length).putShort((short) parts.size());
        for (var part : parts) {
            encoded.putInt(part.length).put(part);
        }
        return encoded.array();
    }

    /** For messages: {@code table sharing, key k1, ...}. */
    @Override
    public String toString() {
        return name.toString();
    }
}
