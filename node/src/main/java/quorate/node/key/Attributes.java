package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.api.KeyAttributes;

/**
 * What is fixed about a key at its generation, as all nodes agree on it: one canonical byte string (params of protocolId 1,
 * protocols.md 0.4), ENC of name and value of whatever is not as usual, in a fixed order; empty if all is.
 */
record Attributes(String purpose, KeyAttributes rules) {
    private static final String PURPOSE = "purpose";
    private static final String MIN_PATH_LENGTH = "min-path-length";
    private static final String MESSAGES_ONLY = "messages-only";
    private static final String NO_PRESIGNATURES = "no-presignatures";
    private static final byte[] YES = {1};

    byte[] encode() {
        var parts = new ArrayList<byte[]>();
        if (!purpose.isEmpty()) {
            put(parts, PURPOSE, purpose.getBytes(StandardCharsets.UTF_8));
        }
        if (rules.minPathLength() != 0) {
            put(parts, MIN_PATH_LENGTH, Encoding.i2osp(rules.minPathLength(), 1));
        }
        if (rules.messagesOnly()) {
            put(parts, MESSAGES_ONLY, YES);
        }
        if (!rules.presignatures()) {
            put(parts, NO_PRESIGNATURES, YES);
        }
        return parts.isEmpty() ? new byte[0] : Encoding.enc(parts.toArray(byte[][]::new));
    }

    private static void put(List<byte[]> parts, String name, byte[] value) {
        parts.add(name.getBytes(StandardCharsets.US_ASCII));
        parts.add(value);
    }

    /** Exactly what {@link #encode} writes: another string is no attributes, for a rule that is not understood is broken. */
    static Attributes decode(byte[] encoded) throws DecodingException {
        var purpose = "";
        int minPathLength = KeyAttributes.USUAL.minPathLength();
        boolean messagesOnly = KeyAttributes.USUAL.messagesOnly();
        boolean presignatures = KeyAttributes.USUAL.presignatures();
        var parts = encoded.length == 0 ? List.<byte[]>of() : Encoding.decode(encoded);
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            var value = parts.get(i + 1);
            switch (new String(parts.get(i), StandardCharsets.US_ASCII)) {
                case PURPOSE -> purpose = new String(value, StandardCharsets.UTF_8);
                case MIN_PATH_LENGTH -> minPathLength = value.length == 1 ? value[0] : -1;
                case MESSAGES_ONLY -> messagesOnly = true;
                case NO_PRESIGNATURES -> presignatures = false;
                default -> throw new DecodingException("key attributes that this software does not know");
            }
        }
        try {
            var attributes = new Attributes(purpose, new KeyAttributes(minPathLength, messagesOnly, presignatures));
            if (Arrays.equals(attributes.encode(), encoded)) {
                return attributes;
            }
        } catch (IllegalArgumentException e) {
            throw new DecodingException("key attributes out of range");
        }
        throw new DecodingException("key attributes that are not canonical");
    }
}
