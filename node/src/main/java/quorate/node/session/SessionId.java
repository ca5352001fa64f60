package quorate.node.session;

import java.util.Arrays;
import java.util.HexFormat;
import quorate.rounds.Frame;

/** 32 random bytes that the caller drew: the name of a session, as a key of maps. */
public record SessionId(byte[] bytes) {
    public SessionId {
        if (bytes.length != Frame.SESSION_BYTES) {
            throw new IllegalArgumentException(
                    "a session id has " + Frame.SESSION_BYTES + " bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
