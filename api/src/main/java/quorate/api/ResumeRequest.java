package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** End a pause: the one that began at {@code since}, or, without it, whatever pause there is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResumeRequest(@Nullable Instant since) {}
