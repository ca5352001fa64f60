package quorate.commit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.rounds.Refused;

/** A node whose database is in memory and does what {@link Change} says. Records are kept as snapshots only. */
final class TestNode implements Ledger<TestNode.LostRace> {
    /** A compare-and-set that found something else. */
    static final class LostRace extends Exception {
        private static final long serialVersionUID = 1L;

        LostRace(String found) {
            super(found);
        }
    }

    private final Map<Octets, OperationRecord.Snapshot> records = new HashMap<>();
    CommitMachine machine;
    Octets active;
    Octets previous = Octets.EMPTY;

    TestNode(CommitMachine machine, Octets active) {
        this.machine = machine;
        this.active = active;
    }

    /** An image of its database. */
    TestNode copy() {
        var copy = new TestNode(machine, active);
        copy.previous = previous;
        copy.records.putAll(records);
        return copy;
    }

    Optional<OperationRecord> record(Operation operation) {
        var snapshot = records.get(operation.opId());
        try {
            return snapshot == null ? Optional.empty() : Optional.of(OperationRecord.restore(snapshot));
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    State state(Operation operation) {
        return record(operation).orElseThrow().state();
    }

    private Optional<OperationRecord> open() {
        try {
            for (var snapshot : records.values()) {
                if (State.valueOf(snapshot.state()).isOpen()) {
                    return Optional.of(OperationRecord.restore(snapshot));
                }
            }
            return Optional.empty();
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    Transition prepare(Operation operation, Seat seat) throws Refused {
        return machine.prepare(operation, Cast.setups(operation, seat), Degrees.of(1), active, open());
    }

    Reception receive(Operation operation, List<Statement> statements) {
        return machine.receive(record(operation).orElseThrow(), active, statements);
    }

    /** Receives, writes what follows and whatever follows from that; returns all that may be said. */
    List<Statement> hear(Operation operation, List<Statement> statements) throws LostRace {
        var said = new java.util.ArrayList<Statement>();
        var transition = receive(operation, statements).transition();
        while (transition.isPresent()) {
            said.addAll(transition.get().writeTo(this).statements());
            transition = machine.advance(record(operation).orElseThrow(), active);
        }
        return said;
    }

    @Override
    public void write(Change change) throws LostRace {
        var operation = change.record().operation();
        var found = record(operation).map(OperationRecord::state);
        require(found.equals(change.from()), "record is " + found);
        switch (change) {
            case Change.StorePending pending -> {
                require(open().isEmpty(), "another open record");
                require(active.equals(pending.expectedActive()), "ACTIVE is " + active);
            }
            case Change.Commit commit -> {
                require(active.equals(commit.expectedActive()), "ACTIVE is " + active);
                if (!commit.expectedActive().equals(commit.nextActive())) {
                    previous = active;
                    active = commit.nextActive();
                }
            }
            case Change.TakeProven proven -> {
                require(active.equals(proven.expectedActive()), "ACTIVE is " + active);
                active = proven.nextActive();
            }
            case Change.Clean clean -> {
                require(active.equals(clean.expectedActive()), "ACTIVE is " + active);
                previous = Octets.EMPTY;
            }
            case Change.Revert revert -> {
                require(active.equals(revert.expectedActive()), "ACTIVE is " + active);
                active = previous;
                previous = Octets.EMPTY;
            }
            case Change.Adopt adopt -> {
                boolean held = List.of(active, previous).contains(adopt.adopted());
                active = held ? adopt.adopted() : Octets.EMPTY;
                previous = Octets.EMPTY;
            }
            case Change.CloseRepaired repaired -> previous = Octets.EMPTY;
            case Change.StoreRefused nothing -> {}
            case Change.Refuse nothing -> {}
            case Change.Freeze nothing -> {}
            case Change.Keep nothing -> {}
        }
        records.put(operation.opId(), change.record().snapshot());
    }

    private static void require(boolean condition, String found) throws LostRace {
        if (!condition) {
            throw new LostRace(found);
        }
    }
}
