package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pause a node. Without {@code forSeconds} only a call ends it; with {@code keepExisting} a pause that is already in
 * effect stays as it is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PauseRequest(
        @Nullable Long forSeconds, @Nullable String reason, @Nullable Boolean keepExisting) {
    public static final Duration LONGEST = Duration.ofDays(30);
    public static final int MAX_REASON_BYTES = 256;

    public PauseRequest {
        if (forSeconds != null) {
            Require.between("forSeconds", forSeconds, 1, LONGEST.toSeconds());
        }
        if (reason != null) {
            Require.atMostBytes("reason", reason, MAX_REASON_BYTES);
        }
    }

    public Optional<Duration> limit() {
        return Optional.ofNullable(forSeconds).map(Duration::ofSeconds);
    }

    public boolean keepsExisting() {
        return keepExisting != null && keepExisting;
    }
}
