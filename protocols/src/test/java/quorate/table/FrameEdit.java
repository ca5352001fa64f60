package quorate.table;

import java.util.List;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;
import quorate.testkit.simulation.Tamper;

/** Puts other bytes into every private frame of one round. */
public record FrameEdit(int round, int at, byte[] bytes) implements Tamper {
    /** A byte that no point starts with. */
    public FrameEdit(int round, int at) {
        this(round, at, new byte[] {9});
    }

    @Override
    public List<Outgoing> change(Outgoing outgoing) {
        var frame = outgoing.frame();
        if (frame.isBroadcast() || frame.round() != round) {
            return List.of(outgoing);
        }
        var payload = frame.payload().clone();
        System.arraycopy(bytes, 0, payload, at, bytes.length);
        var edited = Frame.direct(
                frame.sessionId(), frame.protocolId(), frame.round(), frame.sender(), frame.receiver(), payload);
        return List.of(new Outgoing(outgoing.recipient(), edited));
    }
}
