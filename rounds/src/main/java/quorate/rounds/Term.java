package quorate.rounds;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/** The parts of AGREE that must be equal at all participants, in their order (protocols.md 0.4). */
public enum Term {
    PROTOCOL_ID("protocolId", 1),
    VERSION("version", 1),
    CURVE_ID("curveId", 1),
    SCHEME("scheme", 1),
    KEY_ID("keyId"),
    N("n", 2),
    DEGREE("degree", 2),
    ROSTER("roster", 32),
    WHO("who"),
    SESSION_ID("sessionId", 32),
    PARAMS("params");

    private static final int MAX_KEY_ID_BYTES = 64;
    private static final int WHO_BYTES = 35;
    private static final int MAX_ENTRIES = 64;
    private static final int VARIABLE = 0;
    private static final int LONGEST_NUMBER = 2;
    private static final int SHOWN_BYTES = 40;

    private final String label;
    private final int bytes;

    Term(String label) {
        this(label, VARIABLE);
    }

    Term(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** Its name in reports. */
    public String label() {
        return label;
    }

    /** Whether {@code value} can be a value of this term at all. */
    boolean allows(byte[] value) {
        return switch (this) {
            case KEY_ID -> isKeyId(value);
            case WHO -> value.length % WHO_BYTES == 0 && value.length <= MAX_ENTRIES * WHO_BYTES;
            case PARAMS -> isList(value);
            case PROTOCOL_ID, VERSION, CURVE_ID, SCHEME, N, DEGREE, ROSTER, SESSION_ID -> value.length == bytes;
        };
    }

    /** keyId of protocols.md 0.3: 1 to 64 bytes of UTF-8, no NUL. */
    static boolean isKeyId(byte[] value) {
        if (value.length < 1 || value.length > MAX_KEY_ID_BYTES) {
            return false;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).chars().noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isList(byte[] value) {
        try {
            Encoding.decode(value);
            return true;
        } catch (DecodingException e) {
            return false;
        }
    }

    /** The parts of an allowed value of {@link #PARAMS}. */
    static List<byte[]> list(byte[] params) {
        try {
            return Encoding.decode(params);
        } catch (DecodingException e) {
            throw new IllegalArgumentException("params that no AGREE contains", e);
        }
    }

    /** {@code value} for a report: a number, text or hex; of a long value what follows {@code from}. */
    String show(byte[] value, int from) {
        if (bytes != VARIABLE && bytes <= LONGEST_NUMBER) {
            return String.valueOf(Encoding.os2ip(value, 0, value.length));
        }
        if (value.length <= SHOWN_BYTES) {
            return show(value);
        }
        int end = Math.min(value.length, from + SHOWN_BYTES);
        var shown = show(Arrays.copyOfRange(value, Math.min(from, end), end));
        return (from > 0 ? "…" : "") + shown + (end < value.length ? "…" : "");
    }

    private static String show(byte[] bytes) {
        boolean printable = bytes.length > 0;
        for (byte b : bytes) {
            printable &= b >= ' ' && b < 0x7f;
        }
        return printable
                ? "\"" + new String(bytes, StandardCharsets.US_ASCII) + "\""
                : "0x" + HexFormat.of().formatHex(bytes);
    }
}
