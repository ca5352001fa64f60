package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a node cannot sign now, as far as everybody may know. */
public enum NotReady {
    /** Too few links to other nodes are up for any key. */
    NO_QUORUM,
    /** It is stopping or starting again. */
    STOPPING;

    /** As on the wire: lower case, with hyphens. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
