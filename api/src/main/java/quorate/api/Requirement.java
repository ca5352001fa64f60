package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** One thing that a restore needs besides the backup file, and where it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Requirement(String what, String where, @Nullable String fingerprint, @Nullable String warning) {
    public Requirement {
        Require.present("what", what);
        Require.present("where", where);
    }
}
