package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.commit.CommitMachine;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.OperationRecord;
import quorate.commit.Outgoing;
import quorate.commit.Participant;
import quorate.commit.SetupVector;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.StatusReport;
import quorate.commit.Transition;
import quorate.rounds.Refused;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.Sharing;

/**
 * Drives the commit protocol (protocols.md 5.4): statements in, one durable transaction at a time, statements
 * out. All of it runs under one lock, because operations are rare and their order matters.
 */
public final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    /** "status exchange of open records", protocols.md 0.1. */
    private static final Duration EXCHANGE_EVERY = Duration.ofSeconds(60);

    /** How long a peer that was asked for a certificate may take to answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** A refusal is kept for ever, so a peer gets them only so often for operations that we never heard of. */
    private static final Duration REFUSE_UNSEEN_EVERY = Duration.ofSeconds(5);

    /** Statements are kept for ever, so a peer gets them kept only of so many operations that we never heard of. */
    static final int UNSEEN_OPERATIONS = 64;

    private final CommitMachine machine;
    private final Database database;
    private final Records records;
    private final DatabaseLedger ledger;
    private final CommitLinks links;
    private final Map<Octets, Integer> players;
    private final Clock clock;
    private final Duration pendingDeadline;
    private final Consumer<String> rolledBack;
    private final Map<CommitFrame.Name, CompletableFuture<State>> waiting = new ConcurrentHashMap<>();
    private final Set<Octets> running = ConcurrentHashMap.newKeySet();
    private final Map<Octets, Instant> contacts = new HashMap<>();
    private final Map<Octets, Inquiry> inquiries = new HashMap<>();
    private final Map<Integer, Instant> unseenRefusals = new HashMap<>();
    private Instant exchanged;

    /** Who has answered since we began to give an operation up (R7). */
    private record Inquiry(Instant begun, Set<Octets> answered) {}

    /**
     * @param players the other players of the installation, by id
     * @param pendingDeadline after which an operation without certificate is given up (R1)
     * @param rolledBack told when a peer shows a statement of ours that this database forgot (TPC-4)
     */
    public Commits(
            CommitMachine machine,
            Database database,
            CommitLinks links,
            Map<Octets, Integer> players,
            Clock clock,
            Duration pendingDeadline,
            Consumer<String> rolledBack) {
        this.machine = machine;
        this.database = database;
        this.records = new Records(database);
        this.ledger = new DatabaseLedger(database);
        this.links = links;
        this.players = Map.copyOf(players);
        this.clock = clock;
        this.pendingDeadline = pendingDeadline;
        this.rolledBack = rolledBack;
        this.exchanged = clock.instant();
    }

    /** A session that may create a record for this operation begins; until it {@link #ended}, nobody refuses it. */
    public void began(Octets opId) {
        running.add(opId);
    }

    public void ended(Octets opId) {
        running.remove(opId);
    }

    /** The record of an operation. */
    public synchronized Optional<OperationRecord> find(Octets keyId, Octets opId) {
        return records.find(keyId, opId);
    }

    /** The open record of a key (R0). */
    public synchronized Optional<OperationRecord> open(Octets keyId) {
        return records.open(keyId);
    }

    /** Everything that is unfinished. */
    public synchronized List<OperationRecord> open() {
        return records.open();
    }

    /**
     * The session has its result: stores it as PENDING and says prepared.
     *
     * @param share the caller wipes it
     * @return done when the operation is closed, with its last state
     */
    public synchronized CompletableFuture<State> prepare(
            Operation operation, Degrees degrees, KeyDescription key, Sharing sharing, byte[] share) throws Refused {
        var transition = machine.prepare(
                operation, SetupVector.NONE, degrees, records.active(operation.keyId()), records.open(operation.keyId()));
        Outgoing prepared;
        try {
            prepared = transition.writeTo(ledger.bringing(key, sharing, share));
        } catch (DatabaseLedger.Conflict e) {
            throw new IllegalStateException(e);
        }
        // From here on it has a record, so it will have an end.
        var end = end(operation.keyId(), operation.opId());
        contacts.put(operation.opId(), clock.instant());
        say(operation, prepared);
        var early = records.statements(operation.keyId(), operation.opId());
        current(operation).ifPresent(record -> take(record, early));
        return end;
    }

    /** The session failed at a point where others may have a result: says that this node will never commit. */
    public synchronized void refuse(Operation operation, Degrees degrees) {
        if (records.find(operation.keyId(), operation.opId()).isPresent()) {
            return;
        }
        try {
            var transition = machine.refuseWithoutResult(operation, degrees);
            write(transition).ifPresent(outgoing -> say(operation, outgoing));
        } catch (Refused e) {
            LOG.info("{} of key {} is left to the others: {}", operation, operation.keyId(), e.getMessage());
        }
    }

    /** Done when the operation, which has a record, is closed. */
    public synchronized CompletableFuture<State> end(Octets keyId, Octets opId) {
        var closed = records.find(keyId, opId).map(OperationRecord::state).filter(state -> !state.isOpen());
        if (closed.isPresent()) {
            return CompletableFuture.completedFuture(closed.get());
        }
        return waiting.computeIfAbsent(new CommitFrame.Name(keyId, opId), ignored -> new CompletableFuture<>());
    }

    /** A frame came over the link of {@code player}. */
    public void received(int player, byte[] bytes) {
        CommitFrame frame;
        try {
            frame = CommitFrame.decode(bytes);
        } catch (DecodingException e) {
            LOG.warn("dropped a malformed commit frame of player {}: {}", player, e.getMessage());
            return;
        }
        synchronized (this) {
            for (var statement : frame.statements().stream().map(CommitFrame.Name::of).distinct().toList()) {
                receive(player, statement, frame);
            }
            switch (frame) {
                case CommitFrame.Question question -> answer(player, question.status());
                case CommitFrame.Answer answer -> answered(player, answer.status());
                case CommitFrame.Said said -> {}
                case CommitFrame.Proof proof -> {}
            }
        }
    }

    /** The link to {@code player} is up: asks about every open operation in which that node takes part. */
    public synchronized void linkUp(int player) {
        records.open().stream().filter(record -> takesPart(record, player)).forEach(record -> ask(player, record));
    }

    /** To be called every second: exchanges statements of open records, gives up what is overdue (R1, R7). */
    public synchronized void tick() {
        var now = clock.instant();
        var every = EXCHANGE_EVERY.compareTo(pendingDeadline.dividedBy(4)) < 0
                ? EXCHANGE_EVERY
                : pendingDeadline.dividedBy(4);
        boolean exchange = Duration.between(exchanged, now).compareTo(every) >= 0;
        if (exchange) {
            exchanged = now;
        }
        for (var record : records.open()) {
            if (exchange) {
                links.connected().stream()
                        .filter(player -> takesPart(record, player))
                        .forEach(player -> ask(player, record));
            }
            advance(record);
            records.find(record.operation().keyId(), record.operation().opId())
                    .filter(current -> current.state() == State.PENDING)
                    .ifPresent(current -> giveUpIfOverdue(current, now));
        }
    }

    /** At the start: what the records already allow. */
    public synchronized void resume() {
        records.open().forEach(this::advance);
    }

    private void receive(int player, CommitFrame.Name name, CommitFrame frame) {
        var statements = frame.statements().stream()
                .filter(statement -> CommitFrame.Name.of(statement).equals(name))
                .toList();
        var record = records.find(name.keyId(), name.opId());
        if (record.isPresent()) {
            take(record.get(), statements);
            return;
        }
        var examination = machine.examine(statements);
        if (!examination.dropped().isEmpty()) {
            LOG.warn("dropped {} statements of player {}: not authentic", examination.dropped().size(), player);
        }
        if (examination.rolledBack().isPresent()) {
            rolledBack.accept("TPC-4: player " + player + " showed my own statement, which my database does not know: "
                    + examination.rolledBack().get());
            return;
        }
        boolean expected = running.contains(name.opId());
        if (expected || hasRoomFor(name)) {
            database.statements()
                    .keep(
                            Records.text(name.keyId()),
                            Records.bytes(name.opId()),
                            Records.rows(examination.authentic()));
        }
        if (frame instanceof CommitFrame.Question && !expected) {
            refuseUnseen(player, examination.authentic());
        }
    }

    /** Statements about a key that is here may prove one day that its sharing is stale (TPC-5). */
    private boolean hasRoomFor(CommitFrame.Name name) {
        var keyId = Records.text(name.keyId());
        if (database.keys().find(keyId).isEmpty()) {
            return false;
        }
        var known = database.statements().operationsOf(keyId);
        int unseen = known.size() - database.operations().ofKey(keyId).size();
        return known.contains(Records.bytes(name.opId())) || unseen < UNSEEN_OPERATIONS;
    }

    /** An operation in which this process has no part, or which it forgot with its last one, cannot commit. */
    private void refuseUnseen(int player, List<Statement> statements) {
        var now = clock.instant();
        var last = unseenRefusals.get(player);
        if (last != null && Duration.between(last, now).compareTo(REFUSE_UNSEEN_EVERY) < 0) {
            return;
        }
        statements.stream()
                .map(Statement::operation)
                .filter(Operation::hasResult)
                .findFirst()
                .ifPresent(operation -> {
                    unseenRefusals.put(player, now);
                    refuse(operation, Degrees.of(1));
                });
    }

    private void take(OperationRecord record, List<Statement> statements) {
        var operation = record.operation();
        var reception = machine.receive(record, records.active(operation.keyId()), statements);
        reception.dropped().forEach(dropped -> LOG.warn(
                "dropped {} about key {}: {}", dropped.statement(), Records.text(operation.keyId()), dropped.reason()));
        if (reception.rolledBack().isPresent()) {
            rolledBack.accept("TPC-4: " + reception.rolledBack().get() + " is mine, and my database does not know it");
            return;
        }
        reception.transition().ifPresent(transition -> {
            int before = record.statements().all().size();
            if (step(operation, transition)
                    && transition.change().record().state().isOpen()
                    && transition.change().record().statements().all().size() > before) {
                // Contact is who says something new: nodes that only repeat themselves wait in vain (R1).
                contacts.put(operation.opId(), clock.instant());
            }
        });
        reception.noCertificate().ifPresent(flaw -> {
            LOG.warn("{} can never commit: {}", operation, flaw.getMessage());
            current(operation).flatMap(machine::refuse).ifPresent(transition -> step(operation, transition));
        });
        current(operation).ifPresent(this::advance);
    }

    private void advance(OperationRecord record) {
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

    private Optional<OperationRecord> current(Operation operation) {
        return records.find(operation.keyId(), operation.opId());
    }

    /** Writes, says, and tells who waits for the end. False: the database had something else. */
    private boolean step(Operation operation, Transition transition) {
        var outgoing = write(transition);
        outgoing.ifPresent(announcement -> {
            say(operation, announcement);
            var state = transition.change().record().state();
            LOG.info("{} of key {} is {}", operation, Records.text(operation.keyId()), state);
            if (!state.isOpen()) {
                contacts.remove(operation.opId());
                inquiries.remove(operation.opId());
                var end = waiting.remove(new CommitFrame.Name(operation.keyId(), operation.opId()));
                if (end != null) {
                    end.complete(state);
                }
            }
        });
        return outgoing.isPresent();
    }

    private Optional<Outgoing> write(Transition transition) {
        try {
            return Optional.of(transition.writeTo(ledger));
        } catch (DatabaseLedger.Conflict e) {
            LOG.error("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private void say(Operation operation, Outgoing outgoing) {
        for (int player : others(operation)) {
            outgoing.certificate().ifPresent(proof -> links.send(player, CommitFrame.Proof.of(proof).encode()));
            outgoing.statements().forEach(said -> links.send(player, new CommitFrame.Said(said).encode()));
        }
    }

    private void ask(int player, OperationRecord record) {
        links.send(player, new CommitFrame.Question(machine.status(record)).encode());
    }

    private void answer(int player, StatusReport question) {
        var report = question.statements().stream()
                .findFirst()
                .map(CommitFrame.Name::of)
                .flatMap(name -> records.find(name.keyId(), name.opId()))
                .map(machine::status)
                .orElseGet(() -> StatusReport.unknown(question.opId()));
        links.send(player, new CommitFrame.Answer(report).encode());
    }

    private void answered(int player, StatusReport status) {
        var inquiry = inquiries.get(status.opId());
        if (inquiry != null) {
            players.forEach((id, candidate) -> {
                if (candidate == player) {
                    inquiry.answered().add(id);
                }
            });
        }
    }

    /** R1, R7: refuses on the deadline, but not before everybody who is reachable was asked for a certificate. */
    private void giveUpIfOverdue(OperationRecord record, Instant now) {
        var opId = record.operation().opId();
        var since = contacts.computeIfAbsent(opId, ignored -> now);
        var inquiry = inquiries.get(opId);
        if (inquiry == null) {
            if (Duration.between(since, now).compareTo(pendingDeadline) >= 0) {
                inquiries.put(opId, new Inquiry(now, new HashSet<>()));
                others(record.operation()).forEach(player -> ask(player, record));
            }
            return;
        }
        boolean patient = Duration.between(inquiry.begun(), now).compareTo(ANSWER_WITHIN) < 0;
        machine.refuseOnDeadline(record, patient ? reachable() : Set.of(), inquiry.answered())
                .ifPresent(transition -> step(record.operation(), transition));
    }

    private Set<Octets> reachable() {
        var connected = links.connected();
        var reachable = new HashSet<Octets>();
        players.forEach((id, player) -> {
            if (connected.contains(player)) {
                reachable.add(id);
            }
        });
        return reachable;
    }

    private boolean takesPart(OperationRecord record, int player) {
        return others(record.operation()).contains(player);
    }

    private Set<Integer> others(Operation operation) {
        var others = new TreeSet<Integer>();
        for (Participant participant : operation.participants()) {
            var player = players.get(participant.id());
            if (player != null) {
                others.add(player);
            }
        }
        return others;
    }
}
