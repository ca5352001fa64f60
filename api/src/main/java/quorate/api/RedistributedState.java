package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The part of a player in a redistribution that has ended. */
public enum RedistributedState {
    /** It has a share of the new sharing. */
    HOLDS,
    /** It is not one of the new players: its former share is destroyed, and it has signed that. */
    LEFT,
    /** It has helped to copy the key, of which it keeps its share under the former id. */
    DEALT;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
