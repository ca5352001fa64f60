package quorate.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The byte encodings of protocols.md 0.2: I2OSP and ENC. */
public final class Encoding {
    private static final int COUNT_BYTES = 2;
    private static final int LENGTH_BYTES = 4;

    private Encoding() {}

    /** I2OSP(value, length), big-endian; value is taken as unsigned and must fit. */
    public static byte[] i2osp(long value, int length) {
        if (length < Long.BYTES && value >>> (8 * length) != 0) {
            throw new IllegalArgumentException(value + " does not fit in " + length + " bytes");
        }
        var bytes = new byte[length];
        for (int i = length - 1, shift = 0; i >= 0 && shift < Long.SIZE; i--, shift += Byte.SIZE) {
            bytes[i] = (byte) (value >>> shift);
        }
        return bytes;
    }

    /** The inverse of {@link #i2osp}: {@code length} bytes, at most 8, from {@code offset}. */
    public static long os2ip(byte[] bytes, int offset, int length) {
        if (length > Long.BYTES) {
            throw new IllegalArgumentException("a long has 8 bytes");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    /** ENC(parts): count and length-prefixed parts, injective. */
    public static byte[] enc(byte[]... parts) {
        int total = COUNT_BYTES;
        for (var part : parts) {
            total += LENGTH_BYTES + part.length;
        }
        var out = new byte[total];
        System.arraycopy(i2osp(parts.length, COUNT_BYTES), 0, out, 0, COUNT_BYTES);
        int at = COUNT_BYTES;
        for (var part : parts) {
            System.arraycopy(i2osp(part.length, LENGTH_BYTES), 0, out, at, LENGTH_BYTES);
            System.arraycopy(part, 0, out, at + LENGTH_BYTES, part.length);
            at += LENGTH_BYTES + part.length;
        }
        return out;
    }

    /** The inverse of {@link #enc}: rejects a wrong length, a wrong count and trailing bytes. */
    public static List<byte[]> decode(byte[] encoded) throws DecodingException {
        if (encoded.length < COUNT_BYTES) {
            throw new DecodingException("shorter than the count of parts");
        }
        int count = (int) os2ip(encoded, 0, COUNT_BYTES);
        var parts = new ArrayList<byte[]>();
        int at = COUNT_BYTES;
        for (int i = 0; i < count; i++) {
            if (encoded.length - at < LENGTH_BYTES) {
                throw new DecodingException("ends before the length of part " + (i + 1));
            }
            long length = os2ip(encoded, at, LENGTH_BYTES);
            at += LENGTH_BYTES;
            if (length > encoded.length - at) {
                throw new DecodingException("ends inside part " + (i + 1));
            }
            parts.add(Arrays.copyOfRange(encoded, at, at + (int) length));
            at += (int) length;
        }
        if (at != encoded.length) {
            throw new DecodingException((encoded.length - at) + " bytes behind the last part");
        }
        return List.copyOf(parts);
    }

    /** a || b || ... */
    public static byte[] concat(byte[]... pieces) {
        int total = 0;
        for (var piece : pieces) {
            total += piece.length;
        }
        var out = new byte[total];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, out, at, piece.length);
            at += piece.length;
        }
        return out;
    }
}
