package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.commit.CommitMachine;
import quorate.commit.Degrees;
import quorate.commit.Ledger;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.OperationRecord;
import quorate.commit.SetupVector;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.StatementKeys;
import quorate.commit.StatusReport;
import quorate.commit.Verb;
import quorate.rounds.Refused;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.NewPairState;
import quorate.store.Outcome;
import quorate.store.Sharing;

/**
 * Drives the commit protocol (protocols.md 5.4): statements in, one durable transaction at a time, statements
 * out. All of it runs under one lock, because operations are rare and their order matters.
 */
public final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    /** "status exchange of open records", protocols.md 0.1. */
    private static final Duration EXCHANGE_EVERY = Duration.ofSeconds(60);

    private final Database database;
    private final CommitMachine machine;
    private final Records records;
    private final DatabaseLedger ledger;
    private final Correspondents others;
    private final Overdue overdue;
    private final Unseen unseen;
    private final Staleness staleness;
    private final Steps steps;
    private final Adoptions adoptions;
    private final Clock clock;
    private final Duration pendingDeadline;
    private final BiConsumer<String, String> event;
    private final Set<Octets> running = ConcurrentHashMap.newKeySet();
    private Instant exchanged;

    /**
     * @param keys the statement keys of the configured players, {@code signer} this node's; as the machine has them
     * @param players the other players of the installation as they are known now, by id
     * @param pendingDeadline after which an operation without certificate is given up (R1)
     * @param event takes what an operator should see, kind and detail; {@code rolled-back} when a peer shows a
     *     statement of ours that this database forgot (TPC-4)
     */
    public Commits(
            CommitMachine machine,
            StatementKeys keys,
            StatementSigner signer,
            StatementVerifier verifier,
            Database database,
            Sharings sharings,
            CommitLinks links,
            Supplier<Map<Octets, Integer>> players,
            Clock clock,
            Duration pendingDeadline,
            BiConsumer<String, String> event) {
        this.database = database;
        this.machine = machine;
        this.records = new Records(database);
        this.ledger = new DatabaseLedger(database);
        this.others = new Correspondents(machine, links, players);
        this.overdue = new Overdue(machine, others, clock, pendingDeadline);
        this.unseen = new Unseen(database, records, sharings, clock);
        this.staleness = new Staleness(machine, database, records, sharings, clock, event);
        this.adoptions = new Adoptions(database, sharings, keys, signer, verifier, event);
        this.steps = new Steps(
                machine, records, ledger, others, overdue, new Draining(sharings, clock), staleness, event, this::compare);
        this.clock = clock;
        this.pendingDeadline = pendingDeadline;
        this.event = event;
        this.exchanged = clock.instant();
    }

    /** What else must happen when a sharing may no longer be offered: presignatures of it are void (protocols.md 15.4). */
    public void afterChange(Runnable action) {
        steps.afterChange(action);
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
     * The session has made a key: stores it as PENDING and says prepared.
     *
     * @param setups the pair states that were made, as the statements carry them
     * @param share the caller wipes it
     * @param pairs these pair states; the caller wipes them
     * @return done when the operation is closed, with its last state
     */
    public synchronized CompletableFuture<State> prepare(
            Operation operation,
            Degrees degrees,
            SetupVector setups,
            KeyDescription key,
            Sharing sharing,
            byte[] share,
            List<NewPairState> pairs)
            throws Refused {
        return prepare(operation, degrees, setups, ledger.bringing(key, sharing, share, pairs));
    }

    /** The same for a key of which this node holds a sharing, which is replaced. */
    public synchronized CompletableFuture<State> prepare(
            Operation operation,
            Degrees degrees,
            SetupVector setups,
            Sharing sharing,
            byte[] share,
            List<NewPairState> pairs)
            throws Refused {
        return prepare(operation, degrees, setups, ledger.bringing(sharing, share, pairs));
    }

    /** The same for a node that is not in the new committee: it commits to having no sharing (5.2). */
    public synchronized CompletableFuture<State> prepareToLeave(Operation operation, Degrees degrees) throws Refused {
        return prepare(operation, degrees, SetupVector.NONE, ledger);
    }

    private CompletableFuture<State> prepare(
            Operation operation, Degrees degrees, SetupVector setups, Ledger<DatabaseLedger.Conflict> bringing)
            throws Refused {
        var transition = machine.prepare(
                operation, setups, degrees, records.active(operation.keyId()), records.open(operation.keyId()));
        return steps.begin(operation, transition, bringing);
    }

    /** The session failed at a point where others may have a result: says that this node will never commit. */
    public synchronized void refuse(Operation operation, Degrees degrees) {
        if (records.find(operation.keyId(), operation.opId()).isPresent()) {
            return;
        }
        try {
            var transition = machine.refuseWithoutResult(operation, degrees);
            steps.write(transition).ifPresent(outgoing -> others.say(operation, outgoing));
        } catch (Refused e) {
            LOG.info("{} of key {} is left to the others: {}", operation, operation.keyId(), e.getMessage());
        }
    }

    /** Done when the operation, which has a record, is closed. */
    public synchronized CompletableFuture<State> end(Octets keyId, Octets opId) {
        return steps.end(keyId, opId);
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
                case CommitFrame.Holdings holdings -> others.id(player).ifPresent(id -> heard(player, id, holdings));
                case CommitFrame.Approved approved -> {
                    if (adoptions.received(approved.adoption())) {
                        adopt(approved.adoption().keyId());
                    }
                }
                case CommitFrame.Question question ->
                    others.answer(player, question.status(), recordAskedFor(player, question.status()));
                case CommitFrame.Answer answer -> overdue.answered(player, answer.status().opId());
                case CommitFrame.Said said -> {}
                case CommitFrame.Proof proof -> {}
            }
        }
    }

    private void heard(int player, Octets id, CommitFrame.Holdings holdings) {
        var answers = new ArrayList<Holding>();
        for (var theirs : holdings.ofEachKey()) {
            staleness.heard(player, id, theirs).forEach(proof -> others.show(player, proof));
            staleness.answer(player, id, theirs).ifPresent(answers::add);
        }
        others.tell(player, answers);
    }

    /** The link to {@code player} is up: asks about every open operation in which that node takes part. */
    public synchronized void linkUp(int player) {
        records.open().stream()
                .filter(record -> others.takesPart(record, player))
                .forEach(record -> others.ask(player, record));
        staleness.forgetSaid(player);
        others.id(player).ifPresent(id -> {
            var holdings = staleness.holdingsFor(id);
            holdings.forEach(holding -> adoptions
                    .known(holding.keyId())
                    .forEach(approval -> others.show(player, approval)));
            others.tell(player, holdings);
        });
    }

    /** Tells the other parties of a key which sharing this node holds: its own may be the old one, or theirs. */
    public synchronized void compare(Octets keyId) {
        staleness.held(keyId).forEach(held -> held.parties().values().forEach(
                id -> others.player(id).ifPresent(player -> others.tell(player, List.of(Holding.of(held))))));
    }

    /** The operations on a key of which this node can prove that an honest node is CLEAN, with or without a record. */
    public synchronized List<Operation> proven(String keyId) {
        return staleness.proven(keyId);
    }

    /** Who holds a sharing that was left. */
    public Staleness staleness() {
        return staleness;
    }

    /**
     * {@code resolve --dead}: from now on nobody waits for these players in this operation here (R6).
     *
     * @return the record afterwards; empty if there is none
     * @throws IllegalArgumentException if one of them does not take part, or is this node
     */
    public synchronized Optional<OperationRecord> declareDead(Octets keyId, Octets opId, Set<Integer> dead) {
        var record = records.find(keyId, opId);
        record.ifPresent(found -> {
            var ids = new HashSet<Octets>();
            for (int player : dead) {
                ids.add(others.id(player)
                        .orElseThrow(() -> new IllegalArgumentException("player " + player + " is no other player")));
            }
            machine.declareDead(found, ids).ifPresent(transition -> steps.step(found.operation(), transition));
            steps.current(found.operation()).ifPresent(steps::advance);
        });
        return records.find(keyId, opId);
    }

    /**
     * {@code key adopt}: this node approves, its operator does. With approvals enough the sharing is revived.
     *
     * @param held the sharing of the key that this node holds
     * @return the parties whose approval this node has
     */
    public synchronized Set<Integer> approve(
            Sharings.Held held, Octets shareId, List<Octets> abandoned, Octets opId) {
        var approval = adoptions.approve(held, shareId, abandoned, opId);
        held.parties().values().forEach(
                id -> others.player(id).ifPresent(player -> others.show(player, approval)));
        adopt(approval.keyId());
        return adoptions.approvedBy(approval.keyId(), opId);
    }

    /** Whether a repair of this node's share of a key may begin: an open operation needs this node, unless it has no voice in it (R8). */
    public synchronized boolean isRepairable(Octets keyId) {
        return records.open(keyId).filter(machine::hasVoice).isEmpty();
    }

    /**
     * The share of a key was repaired: stores it, and ends the operation in which this node has no voice (protocols.md 6).
     *
     * @param share the caller wipes it
     * @param replaced the ACTIVE sharing that it takes the place of
     */
    public synchronized Outcome repaired(
            KeyDescription key, Sharing sharing, byte[] share, Optional<Bytes> replaced) {
        var open = records.open(Records.key(key.keyId()));
        var closing = open.flatMap(record -> machine.repaired(record, Records.octets(sharing.shareId())));
        if (closing.isEmpty()) {
            return database.shares().install(key, sharing, share, replaced);
        }
        var repairing = ledger.repairing(key, sharing, share, replaced);
        return steps.step(closing.get().change().record().operation(), closing.get(), repairing)
                ? Outcome.DONE
                : Outcome.BASE_DIFFERS;
    }

    private void adopt(Octets keyId) {
        var decided = adoptions.records(keyId);
        for (var adoption : decided) {
            if (adoptions.concerns(adoption, staleness.isLeft(keyId, decided))) {
                records.open(keyId)
                        .flatMap(open -> machine.adopt(open, adoption))
                        .ifPresentOrElse(
                                transition -> steps.step(transition.change().record().operation(), transition),
                                () -> adoptions.apply(adoption));
                adoptions.report(adoption);
                staleness.forgetHint(adoption.shareId());
                steps.changed();
                compare(keyId);
            }
        }
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
            adoptions.eraseOld();
        }
        for (var record : records.open()) {
            if (exchange) {
                others.askWhoIsConnected(record);
            }
            steps.advance(record);
            records.find(record.operation().keyId(), record.operation().opId())
                    .filter(current -> current.state() == State.PENDING)
                    .flatMap(overdue::refusal)
                    .ifPresent(refusal -> steps.step(record.operation(), refusal));
        }
    }

    /** At the start: what the records already allow. */
    public synchronized void resume() {
        records.open().forEach(steps::advance);
    }

    private void receive(int player, CommitFrame.Name name, CommitFrame frame) {
        var statements = frame.statements().stream()
                .filter(statement -> CommitFrame.Name.of(statement).equals(name))
                .toList();
        var record = records.find(name.keyId(), name.opId());
        if (record.isPresent()) {
            steps.take(record.get(), statements);
            // A record that was closed without a result may be about participants that somebody made up.
            var foreign = clean(statements).stream()
                    .filter(said -> !Records.isAbout(record.get().operation(), said))
                    .toList();
            unseen.keep(name, machine.examine(foreign).authentic(), false);
            review(name, statements);
            return;
        }
        var examination = machine.examine(statements);
        if (!examination.dropped().isEmpty()) {
            LOG.warn("dropped {} statements of player {}: not authentic", examination.dropped().size(), player);
        }
        if (examination.rolledBack().isPresent()) {
            event.accept("rolled-back", "TPC-4: player " + player + " showed my own statement, which my database does not know: "
                    + examination.rolledBack().get());
            return;
        }
        boolean expected = running.contains(name.opId());
        unseen.keep(name, examination.authentic(), expected);
        review(name, examination.authentic());
        if (frame instanceof CommitFrame.Question && !expected) {
            unseen.toRefuse(player, examination.authentic())
                    .ifPresent(operation -> refuse(operation, Degrees.of(1)));
        }
    }

    /** Of an operation that is open here the table says what follows; else CLEAN of others may prove it past us. */
    private void review(CommitFrame.Name name, List<Statement> statements) {
        boolean isOpen = records.find(name.keyId(), name.opId())
                .filter(record -> record.state().isOpen())
                .isPresent();
        var clean = clean(statements);
        if (!isOpen && !clean.isEmpty()) {
            staleness.review(name, clean, adoptions.records(name.keyId()));
            steps.changed();
        }
    }

    private static List<Statement> clean(List<Statement> statements) {
        return statements.stream().filter(statement -> statement.verb() == Verb.CLEAN).toList();
    }

    /** Who has no voice asks without a statement (R8): all that it names is the operation. */
    private Optional<OperationRecord> recordAskedFor(int player, StatusReport question) {
        return question.statements().stream()
                .findFirst()
                .map(CommitFrame.Name::of)
                .map(name -> records.find(name.keyId(), name.opId()))
                .orElseGet(() -> records.named(question.opId()).stream()
                        .filter(record -> others.takesPart(record, player))
                        .findFirst());
    }
}
