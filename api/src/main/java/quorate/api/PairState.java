package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a pair cannot sign together now (protocols.md 3.6). */
public enum PairState {
    /** A check failed; both operators must approve a fresh set-up. */
    BANNED,
    /** It waits for a fresh set-up, which needs no approval. */
    SUSPENDED,
    /** A fresh set-up is being made. */
    SETTING_UP;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
