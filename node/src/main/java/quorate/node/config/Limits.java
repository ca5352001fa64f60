package quorate.node.config;

import java.time.Duration;

/**
 * Bounds that an operator may move; the defaults are those of protocols.md 0.1, and of openapi.yaml for bodies.
 *
 * @param sessionDeadline after which a session fails for lack of answers
 * @param pendingDeadline after which an operation without certificate is given up (5.4 R1)
 * @param drainTimeout how long a stop or a pause waits for running sessions
 * @param readerTimeout how long the reader of a backup may take for 64 KiB of it
 * @param requestBytes the largest request body of the API; the longest message, in hexadecimal, needs 97 KiB
 */
public record Limits(
        Duration sessionDeadline,
        Duration pendingDeadline,
        Duration drainTimeout,
        Duration readerTimeout,
        int requestBytes) {
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 128 * 1024);
    private static final int LEAST_REQUEST = 1024;
    private static final int MOST_REQUEST = 16 * 1024 * 1024;

    static Limits read(Settings settings) throws ConfigException {
        return new Limits(
                settings.duration("session-deadline", DEFAULT.sessionDeadline),
                settings.duration("pending-deadline", DEFAULT.pendingDeadline),
                settings.duration("drain-timeout", DEFAULT.drainTimeout),
                settings.duration("reader-timeout", DEFAULT.readerTimeout),
                settings.number("request-bytes", LEAST_REQUEST, MOST_REQUEST, DEFAULT.requestBytes));
    }
}
