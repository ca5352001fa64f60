package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a repair has come at one node. */
public enum RepairState {
    /** It is approved here, and the others are awaited. */
    WAITING,
    /** This helper has done its part. */
    HELPED,
    /** The target has its share, verified and stored. */
    REPAIRED;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
