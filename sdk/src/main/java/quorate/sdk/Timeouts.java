package quorate.sdk;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param connect for a connection, TLS included
 * @param answer for an answer of one node from its own knowledge
 * @param session for an answer that needs the other nodes; longer than the nodes' own deadline of 30 s, so that they
 *     say themselves who was silent
 */
public record Timeouts(Duration connect, Duration answer, Duration session) {
    public static Timeouts standard() {
        return new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    /** The same, with every wait at most this long. */
    public Timeouts atMost(Duration limit) {
        return new Timeouts(shorter(connect, limit), shorter(answer, limit), shorter(session, limit));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
