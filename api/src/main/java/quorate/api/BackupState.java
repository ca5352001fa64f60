package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is known of a backup file. */
public enum BackupState {
    /** Not known to be readable; never restored. */
    INCOMPLETE,
    /** Written, synced, renamed and read back. */
    COMPLETE,
    /** A later verification found nothing. */
    VERIFIED,
    /** A verification found something. */
    REFUSED;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
