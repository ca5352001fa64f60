package quorate.node.link;

import java.time.Duration;
import quorate.node.config.Address;

/**
 * Bounds and times of the links; all nodes of a cluster use the same.
 *
 * @param listen where peers of lower number reach this node
 * @param frameBytes the longest body of a frame
 * @param queueBytes what may wait to be sent to one peer
 * @param halfOpen connections that have not proven yet whose they are; the oldest gives way to a new one
 * @param handshakeTimeout for TCP, for TLS, and for LINK
 * @param silence after which a ping is sent
 * @param pingTimeout after which a ping is unanswered; two of them prove an old link dead
 * @param redialFirst the pause before the first redial, doubled up to {@code redialMost}
 */
public record LinkSettings(
        Address listen,
        int frameBytes,
        int queueBytes,
        int halfOpen,
        Duration handshakeTimeout,
        Duration silence,
        Duration pingTimeout,
        Duration redialFirst,
        Duration redialMost) {
    /** A round-2 batch of 64 presignatures on a 384-bit curve (protocols.md Appendix C) is below 8 MiB. */
    private static final int FRAME_BYTES = 8 * 1024 * 1024;

    private static final int QUEUE_BYTES = 4 * FRAME_BYTES;
    private static final int HALF_OPEN = 64;

    public LinkSettings {
        if (frameBytes < FrameType.SMALL || queueBytes < SendQueue.cost(frameBytes + Frame.HEADER_BYTES)) {
            throw new IllegalArgumentException("the queue must hold one frame, a frame a LINK");
        }
    }

    /** The times of protocols.md 15.2. */
    public static LinkSettings defaults(Address listen) {
        return new LinkSettings(
                listen,
                FRAME_BYTES,
                QUEUE_BYTES,
                HALF_OPEN,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(2));
    }

    /** How long a peer may take to prove an old link dead before it answers. */
    Duration decisionTimeout() {
        return handshakeTimeout.plus(pingTimeout.multipliedBy(2));
    }
}
