package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened and that an operator should have seen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(Instant at, String kind, String detail, @Nullable Integer player) {
    public Event {
        Require.present("at", at);
        Require.present("kind", kind);
        Require.present("detail", detail);
    }
}
