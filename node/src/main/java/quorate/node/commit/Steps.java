package quorate.node.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.commit.Change;
import quorate.commit.CommitMachine;
import quorate.commit.Ledger;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.OperationRecord;
import quorate.commit.Outgoing;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.Transition;

/**
 * Takes a record from row to row of the table (protocols.md 5.4): each step is written, then said, then told to whoever
 * waits for the end. Used under the lock of {@link Commits}.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final CommitMachine machine;
    private final Records records;
    private final DatabaseLedger ledger;
    private final Correspondents others;
    private final Overdue overdue;
    private final Draining draining;
    private final Staleness staleness;
    private final BiConsumer<String, String> event;
    private final Consumer<Octets> closed;
    private final Map<CommitFrame.Name, CompletableFuture<State>> waiting = new ConcurrentHashMap<>();
    private final List<Runnable> afterChange = new CopyOnWriteArrayList<>();

    /** @param closed told the key of which an operation has ended */
    Steps(
            CommitMachine machine,
            Records records,
            DatabaseLedger ledger,
            Correspondents others,
            Overdue overdue,
            Draining draining,
            Staleness staleness,
            BiConsumer<String, String> event,
            Consumer<Octets> closed) {
        this.machine = machine;
        this.records = records;
        this.ledger = ledger;
        this.others = others;
        this.overdue = overdue;
        this.draining = draining;
        this.staleness = staleness;
        this.event = event;
        this.closed = closed;
    }

    void afterChange(Runnable action) {
        afterChange.add(action);
    }

    /** Something may not be offered any more. */
    void changed() {
        afterChange.forEach(Runnable::run);
    }

    /** Done when the operation, which has a record, is closed. */
    CompletableFuture<State> end(Octets keyId, Octets opId) {
        var ended = records.find(keyId, opId).map(OperationRecord::state).filter(state -> !state.isOpen());
        if (ended.isPresent()) {
            return CompletableFuture.completedFuture(ended.get());
        }
        return waiting.computeIfAbsent(new CommitFrame.Name(keyId, opId), ignored -> new CompletableFuture<>());
    }

    /** The first step of an operation whose session has a result. */
    CompletableFuture<State> begin(
            Operation operation, Transition prepared, Ledger<DatabaseLedger.Conflict> bringing) {
        Outgoing outgoing;
        try {
            outgoing = prepared.writeTo(bringing);
        } catch (DatabaseLedger.Conflict e) {
            throw new IllegalStateException(e);
        }
        // From here on it has a record, so it will have an end.
        var end = end(operation.keyId(), operation.opId());
        overdue.contact(operation.opId());
        others.say(operation, outgoing);
        var early = records.statements(operation.keyId(), operation.opId());
        current(operation).ifPresent(record -> take(record, early));
        return end;
    }

    /** Statements about the operation of this record arrived. */
    void take(OperationRecord record, List<Statement> statements) {
        var operation = record.operation();
        var reception = machine.receive(record, records.active(operation.keyId()), statements);
        reception.dropped().forEach(dropped -> LOG.warn(
                "dropped {} about key {}: {}", dropped.statement(), Records.text(operation.keyId()), dropped.reason()));
        if (reception.rolledBack().isPresent()) {
            event.accept("rolled-back", "TPC-4: " + reception.rolledBack().get() + " is mine, and my database does not know it");
            return;
        }
        reception.transition().ifPresent(transition -> {
            int before = record.statements().all().size();
            if (step(operation, transition)
                    && transition.change().record().state().isOpen()
                    && transition.change().record().statements().all().size() > before) {
                overdue.contact(operation.opId());
            }
        });
        reception.noCertificate().ifPresent(flaw -> {
            LOG.warn("{} can never commit: {}", operation, flaw.getMessage());
            current(operation).flatMap(machine::refuse).ifPresent(transition -> step(operation, transition));
        });
        current(operation).ifPresent(this::advance);
    }

    /** All rows that apply to what the record holds. */
    void advance(OperationRecord record) {
        var operation = record.operation();
        var now = record;
        while (true) {
            var next = machine.advance(now, records.active(operation.keyId()));
            if (next.isEmpty() || !step(operation, next.get())) {
                return;
            }
            now = current(operation).orElse(now);
        }
    }

    /** The record as it is now. */
    Optional<OperationRecord> current(Operation operation) {
        return records.find(operation.keyId(), operation.opId());
    }

    /** Writes, says, and tells who waits for the end. False: not yet, or the database had something else. */
    boolean step(Operation operation, Transition transition) {
        return step(operation, transition, ledger);
    }

    /** The same with a ledger that has what the change needs besides the record. */
    boolean step(Operation operation, Transition transition, Ledger<DatabaseLedger.Conflict> with) {
        if (!draining.isDone(transition.change())) {
            keepUntilDrained(transition.change().record());
            return false;
        }
        if (transition.change() instanceof Change.Commit commit) {
            staleness.reviewBeforeCommit(commit.record());
        }
        var outgoing = write(transition, with);
        outgoing.ifPresent(announcement -> {
            others.say(operation, announcement);
            var state = transition.change().record().state();
            LOG.info("{} of key {} is {}", operation, Records.text(operation.keyId()), state);
            if (transition.change() instanceof Change.Refuse refuse && refuse.maybeStale()) {
                event.accept(
                        "maybe-stale",
                        "TPC-3: the others can commit " + operation + " of key " + Records.text(operation.keyId())
                                + ", whose base is not the sharing of this node, which may be old: compare with"
                                + " `quorate key show`");
            }
            if (!state.isOpen()) {
                overdue.forget(operation.opId());
                changed();
                closed.accept(operation.keyId());
                var end = waiting.remove(new CommitFrame.Name(operation.keyId(), operation.opId()));
                if (end != null) {
                    end.complete(state);
                }
            }
        });
        return outgoing.isPresent();
    }

    /** What the others said must not be lost while the step waits; our own word comes with the step. */
    private void keepUntilDrained(OperationRecord record) {
        records.keep(
                record.operation(),
                record.statements().all().stream()
                        .filter(said -> others.player(said.signer()).isPresent())
                        .toList());
    }

    /** Only writes. Empty: the database had something else. */
    Optional<Outgoing> write(Transition transition) {
        return write(transition, ledger);
    }

    private static Optional<Outgoing> write(Transition transition, Ledger<DatabaseLedger.Conflict> with) {
        try {
            return Optional.of(transition.writeTo(with));
        } catch (DatabaseLedger.Conflict e) {
            LOG.error("{}", e.getMessage());
            return Optional.empty();
        }
    }
}
