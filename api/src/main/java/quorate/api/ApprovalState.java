package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an approval has led to. */
public enum ApprovalState {
    /** It is kept; those of other nodes are still missing, or what it allows goes on. */
    APPROVED,
    /** What was approved has happened: the pair signs together again, the sharing is revived. */
    DONE;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
