package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an export is for. */
public enum ExportMode {
    /** Every share is wrapped for a node of its own: nobody gets the key. */
    MOVE,
    /** All shares are wrapped for one RSA key, whose holder gets the whole key. */
    CUSTODIAN;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
