package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an approval has led to. */
public enum ApprovalState {
    /** It is kept; the other node's is still missing, or the set-up goes on. */
    APPROVED,
    /** The pair signs together again. */
    DONE;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
