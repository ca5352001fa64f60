package quorate.testkit.simulation;

import java.util.List;
import quorate.rounds.Outgoing;

/** What a misbehaving party makes of a frame that its honest session wants to send. */
@FunctionalInterface
public interface Tamper {
    /** What is sent instead, to whomever: nothing, one frame, or several. */
    List<Outgoing> change(Outgoing outgoing);
}
