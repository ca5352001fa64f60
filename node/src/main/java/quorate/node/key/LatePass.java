package quorate.node.key;

import java.util.Optional;
import quorate.node.problem.ProblemException;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * The way through the gate for a repair that first waits for other nodes, up to an hour: the gate is asked again when the
 * computing begins. A pause in between neither waits for it nor lets it through.
 */
final class LatePass implements AutoCloseable {
    private final PauseGate gate;
    private Optional<PauseGate.Pass> taken = Optional.empty();

    LatePass(PauseGate gate) {
        this.gate = gate;
    }

    /** @throws Refused REP-0 if the node is paused: what its administrators approved is suspended */
    synchronized void take() throws Refused {
        try {
            taken = Optional.of(gate.enter());
        } catch (ProblemException e) {
            throw new Refused(Check.REP_0, String.valueOf(e.problem().detail()));
        }
    }

    @Override
    public synchronized void close() {
        taken.ifPresent(PauseGate.Pass::close);
        taken = Optional.empty();
    }
}
