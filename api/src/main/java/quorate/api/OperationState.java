package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an operation has come on one node (protocols.md 5.4). */
public enum OperationState {
    /** Nothing is stored yet. */
    RUNNING,
    PENDING,
    COMMITTED,
    FROZEN,
    /** Done on all nodes. */
    CLEAN,
    /** Ended without effect. */
    REFUSED,
    /** Ended, and its effect was taken back. */
    REVERTED;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
