package quorate.commit;

import java.util.List;
import java.util.Optional;

/**
 * One durable transaction of the table of protocols.md 5.4: everything in it is written together and is
 * fsynced before anything it announces leaves. A change that names a former state or an expected ACTIVE is
 * a compare-and-set: if the database has something else, nothing is changed and the write fails.
 *
 * <p>ACTIVE and PREVIOUS are the slots of the key for its sharings, by shareId; empty means none.
 */
public sealed interface Change {
    /** The record afterwards, with all its statements. It replaces the record of this operation. */
    OperationRecord record();

    /** The state that the record must be in before; empty: there must be no record of this operation. */
    Optional<State> from();

    /**
     * none to PENDING: store the record with the new share and its public data, beside ACTIVE.
     * No other record of the key is open (R0), and ACTIVE is {@code expectedActive}.
     */
    record StorePending(OperationRecord record, Octets expectedActive) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.empty();
        }
    }

    /** none to REFUSED: store the record; there is no share. */
    record StoreRefused(OperationRecord record) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.empty();
        }
    }

    /** Keep statements, or who is declared dead. The state stays. */
    record Keep(OperationRecord record) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.of(record.state());
        }
    }

    /**
     * PENDING to REFUSED: wipe the new share.
     *
     * @param maybeStale a certificate was shown for another base than ACTIVE (TPC-3): report it
     */
    record Refuse(OperationRecord record, boolean maybeStale) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.of(State.PENDING);
        }
    }

    /**
     * PENDING to COMMITTED: ACTIVE, which is {@code expectedActive}, becomes PREVIOUS; the new share becomes
     * ACTIVE, or nothing does if {@code nextActive} is empty. If both are equal a repair has already stored
     * the new share: the slots stay.
     */
    record Commit(OperationRecord record, Octets expectedActive, Octets nextActive) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.of(State.PENDING);
        }
    }

    /** COMMITTED to FROZEN: the record only. */
    record Freeze(OperationRecord record) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.of(State.COMMITTED);
        }
    }

    /**
     * To CLEAN: ACTIVE is {@code expectedActive}; destroy PREVIOUS and its pair state, drop its
     * presignatures. Before writing this the node refuses new sessions on PREVIOUS and waits, bounded, for
     * running ones (R3).
     */
    record Clean(OperationRecord record, Optional<State> from, Octets expectedActive) implements Change {}

    /**
     * PENDING to CLEAN without a word, on a CLEAN proof (R8): {@link Commit} and {@link Clean} in one, with
     * the same drain before.
     */
    record TakeProven(OperationRecord record, Octets expectedActive, Octets nextActive) implements Change {
        @Override
        public Optional<State> from() {
            return Optional.of(State.PENDING);
        }
    }

    /** To REVERTED: ACTIVE, which is {@code expectedActive}, is wiped, and PREVIOUS becomes ACTIVE. */
    record Revert(OperationRecord record, Optional<State> from, Octets expectedActive) implements Change {}

    /**
     * To REVERTED by an adoption record: of ACTIVE, PREVIOUS and the new share the one that is
     * {@code adopted} becomes ACTIVE; those in {@code abandoned} go to quarantine; any other is wiped.
     */
    record Adopt(OperationRecord record, Optional<State> from, Octets adopted, List<Octets> abandoned)
            implements Change {
        public Adopt {
            abandoned = List.copyOf(abandoned);
        }
    }

    /**
     * An open record without a voice ends with the repair of the share (R8): in the transaction that makes
     * the repaired share ACTIVE; PREVIOUS and the new share are wiped.
     */
    record CloseRepaired(OperationRecord record, Optional<State> from) implements Change {}
}
