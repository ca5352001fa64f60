package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What one node can do with its share of a key. */
public enum KeyState {
    /** It can sign. */
    ACTIVE,
    /** An operation on the key is still open on this node. */
    UNFINISHED,
    /** The share is of an older epoch than other nodes have proved. */
    STALE,
    /** The stored share failed its check when it was loaded. */
    DAMAGED;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
