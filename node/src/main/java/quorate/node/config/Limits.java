package quorate.node.config;

import java.time.Duration;
import quorate.presign.Caps;

/**
 * Bounds that an operator may move; the defaults are those of protocols.md 0.1, and of openapi.yaml for bodies.
 *
 * @param sessionDeadline after which a session fails for lack of answers
 * @param pendingDeadline after which an operation without certificate is given up (5.4 R1)
 * @param drainTimeout how long a stop or a pause waits for running sessions
 * @param readerTimeout how long the reader of a backup may take for 64 KiB of it
 * @param requestBytes the largest request body of the API; the longest message, in hexadecimal, needs 97 KiB
 * @param presignatureLifetime after which an unused presignature is dropped; so an order that nobody needs any more leaves
 *     no old ones lying about
 * @param presignaturesPerKey how many a node holds of one key, with all players together
 * @param presignaturesPerNode how many a node holds of all keys
 */
public record Limits(
        Duration sessionDeadline,
        Duration pendingDeadline,
        Duration drainTimeout,
        Duration readerTimeout,
        int requestBytes,
        Duration presignatureLifetime,
        int presignaturesPerKey,
        int presignaturesPerNode) {
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            128 * 1024,
            Duration.ofHours(24),
            Caps.DEFAULT.perKey(),
            Caps.DEFAULT.perNode());
    private static final int LEAST_REQUEST = 1024;
    private static final int MOST_REQUEST = 16 * 1024 * 1024;

    static Limits read(Settings settings) throws ConfigException {
        return new Limits(
                settings.duration("session-deadline", DEFAULT.sessionDeadline),
                settings.duration("pending-deadline", DEFAULT.pendingDeadline),
                settings.duration("drain-timeout", DEFAULT.drainTimeout),
                settings.duration("reader-timeout", DEFAULT.readerTimeout),
                settings.number("request-bytes", LEAST_REQUEST, MOST_REQUEST, DEFAULT.requestBytes),
                settings.duration("presignature-lifetime", DEFAULT.presignatureLifetime),
                settings.number("presignatures-per-key", 0, Caps.DEFAULT.perKey(), DEFAULT.presignaturesPerKey),
                settings.number("presignatures-per-node", 0, Caps.DEFAULT.perNode(), DEFAULT.presignaturesPerNode));
    }

    public Caps caps() {
        return new Caps(presignaturesPerKey, presignaturesPerNode);
    }
}
