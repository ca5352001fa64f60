package quorate.commit;

import java.util.Optional;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * R0 of protocols.md 5.4: one operation per key. What a node answers to a request for an operation that
 * would commit, before round 1.
 */
public sealed interface Admission {
    /** Nothing is in the way: run the session. */
    record Admitted() implements Admission {}

    /** A session with this opId is running: the client joins it. */
    record Running() implements Admission {}

    /** This opId has a record: the client learns where it stands, and retries with a new opId only when closed. */
    record Recorded(State state) implements Admission {}

    /**
     * TPC-2: another operation holds the key.
     *
     * @param state of its record; empty while only its session is running
     */
    record Busy(Octets opId, Optional<State> state) implements Admission {
        public Refused refusal() {
            return new Refused(
                    Check.TPC_2, "BUSY with " + opId + ", " + state.map(State::name).orElse("RUNNING"));
        }
    }

    /**
     * What to answer.
     *
     * @param opId of the request
     * @param same the record of this opId, open or closed
     * @param open the open record of the key
     * @param running the opId of the running session of these kinds on the key
     */
    static Admission decide(
            Octets opId, Optional<OperationRecord> same, Optional<OperationRecord> open, Optional<Octets> running) {
        if (same.isPresent()) {
            return new Recorded(same.get().state());
        }
        if (open.isPresent()) {
            return new Busy(open.get().operation().opId(), Optional.of(open.get().state()));
        }
        if (running.isPresent()) {
            return running.get().equals(opId) ? new Running() : new Busy(running.get(), Optional.empty());
        }
        return new Admitted();
    }
}
