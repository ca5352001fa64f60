package quorate.rounds;

import java.time.Duration;
import java.util.Optional;

/**
 * The links of one session to its other participants: private, authenticated, in order (protocols.md 0.4).
 */
public interface Channel {
    /** Queues a frame and returns. Whether it arrives is for the deadline to show. */
    void send(Outgoing outgoing);

    /** The next frame of this session from any participant; empty if none came within {@code patience}. */
    Optional<Delivery> receive(Duration patience) throws InterruptedException;

    /**
     * A frame that has come.
     *
     * @param sender {@link Entry#address} of the participant whose link it came from, whatever the frame says
     */
    record Delivery(int sender, Frame frame) {}
}
