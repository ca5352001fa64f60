package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of operations that create or change a key. */
public enum OperationProtocol {
    KEYGEN,
    /** New shares of the same key for the same players. */
    RESHARE,
    /** New shares of the same key for other players, or with another threshold. */
    REDISTRIBUTION,
    /** The same under another key id; the former key stays. */
    COPY,
    /** A key that was wrapped for these nodes by others. */
    IMPORT;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
