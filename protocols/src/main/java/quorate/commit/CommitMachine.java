package quorate.commit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * The commit protocol of protocols.md 5.4 on one node: all its rules, no I/O, no clock, no thread. Records
 * go in and transitions come out; the machine itself remembers nothing.
 *
 * <p>The caller handles one key at a time, reads the record and ACTIVE.shareId together, and writes each
 * transition before it asks for the next; {@link #advance} says whether another row applies at once.
 * Assumes: the statement key signs for this node only, and the database does what {@link Change} says.
 */
public final class CommitMachine {
    private final Octets me;
    private final Voice voice;
    private final Rows rows;
    private final Examiner examiner;

    /**
     * @param me this node's id (protocols.md 0.4)
     * @param database the dbi of this node's database as it is now
     * @param keys the statement keys of the configured players
     */
    public CommitMachine(
            Octets me, Octets database, StatementKeys keys, StatementSigner signer, StatementVerifier verifier) {
        this(me, database, keys, signer, verifier, new Table());
    }

    CommitMachine(
            Octets me,
            Octets database,
            StatementKeys keys,
            StatementSigner signer,
            StatementVerifier verifier,
            Table table) {
        this.me = me;
        this.voice = new Voice(me, database, signer);
        this.rows = new Rows(voice, table);
        this.examiner = new Examiner(voice, keys, verifier);
    }

    /**
     * none to PENDING: the session has computed and checked its result.
     *
     * @param setups with the partners of this node's seat in the new committee
     * @param active the shareId of ACTIVE, empty if there is none
     * @param open the open record of the key
     * @throws Refused TPC-2 if a record is open, TPC-3 if ACTIVE is not the base, TPC-4 without a voice;
     *     the caller then refuses
     */
    public Transition prepare(
            Operation operation, SetupVector setups, Degrees degrees, Octets active, Optional<OperationRecord> open)
            throws Refused {
        requireVoice(operation);
        if (open.isPresent()) {
            throw new Admission.Busy(open.get().operation().opId(), Optional.of(open.get().state())).refusal();
        }
        var expected = operation.expectedActive(me);
        if (!active.equals(expected)) {
            throw new Refused(Check.TPC_3, "ACTIVE is sharing " + active + ", the base is " + expected);
        }
        if (!setups.isEmpty() && !operation.joinsNew(me)) {
            throw new IllegalArgumentException("pair states of a node outside the new committee");
        }
        var record = OperationRecord.first(State.PENDING, own(operation, setups), degrees);
        return rows.step(record, State.PENDING, pending -> new Change.StorePending(pending, expected));
    }

    /**
     * none to REFUSED: the session failed before there was a result.
     *
     * @throws Refused TPC-4 without a voice
     */
    public Transition refuseWithoutResult(Operation operation, Degrees degrees) throws Refused {
        requireVoice(operation);
        var record = OperationRecord.first(
                State.REFUSED, own(operation.withoutResult(), SetupVector.NONE), degrees);
        return rows.step(record, State.REFUSED, Change.StoreRefused::new);
    }

    private void requireVoice(Operation operation) throws Refused {
        if (!voice.in(operation)) {
            throw new Refused(Check.TPC_4, "the participants do not list this node with its database as it is now");
        }
    }

    /** The pair states belong to the seat in the new committee, the last one. */
    private List<Subject> own(Operation operation, SetupVector setups) {
        var seats = operation.seatsOf(me);
        return seats.stream()
                .map(seat -> new Subject(operation, seat.equals(seats.getLast()) ? setups : SetupVector.NONE, seat))
                .toList();
    }

    /** Statements about this operation arrived: alone, in a certificate or in a status report. */
    public Reception receive(OperationRecord record, Octets active, List<Statement> statements) {
        var arrived = examiner.sort(record, statements);
        if (arrived.rolledBack().isPresent()) {
            return new Reception(arrived.dropped(), arrived.rolledBack(), Optional.empty(), Optional.empty());
        }
        boolean isNews = !arrived.news().isEmpty();
        var now = isNews ? record.holding(record.statements().with(arrived.news())) : record;
        var row = rows.next(now, active);
        boolean waits = row.isEmpty() && now.state() == State.PENDING;
        return new Reception(
                arrived.dropped(),
                Optional.empty(),
                waits ? now.flaw() : Optional.empty(),
                row.isEmpty() && isNews ? Optional.of(keep(now)) : row);
    }

    /** Closed records answer what is new with what they are. */
    private Transition keep(OperationRecord now) {
        return new Transition(
                new Change.Keep(now), now.state().isOpen() ? Outgoing.NOTHING : voice.announcement(now));
    }

    /** The row that applies to what the record already holds: after each write, at a restart, every minute. */
    public Optional<Transition> advance(OperationRecord record, Octets active) {
        return rows.next(record, active);
    }

    /** Failure or operator: PENDING to REFUSED. Empty where a node does not refuse: with C (R1), without a voice. */
    public Optional<Transition> refuse(OperationRecord record) {
        boolean may = record.state() == State.PENDING
                && voice.in(record.operation())
                && record.certificate().isEmpty();
        return may ? Optional.of(rows.refuse(record, false)) : Optional.empty();
    }

    /**
     * Deadline: as {@link #refuse}, but empty while somebody who is reachable was not asked for C (R7).
     *
     * @param reachable ids of the nodes that can be asked
     * @param asked ids of those whose status report has been received since the deadline began
     */
    public Optional<Transition> refuseOnDeadline(OperationRecord record, Set<Octets> reachable, Set<Octets> asked) {
        return toAsk(record, reachable, asked).isEmpty() ? refuse(record) : Optional.empty();
    }

    /** Whom to ask for C before this node may refuse on a deadline. */
    public Set<Octets> toAsk(OperationRecord record, Set<Octets> reachable, Set<Octets> asked) {
        var left = others(record.operation());
        left.retainAll(reachable);
        left.removeAll(asked);
        return left;
    }

    /** {@code resolve --dead}: from now on the nodes are dead for this record here (R6). Empty if nothing changes. */
    public Optional<Transition> declareDead(OperationRecord record, Set<Octets> nodes) {
        if (!others(record.operation()).containsAll(nodes)) {
            throw new IllegalArgumentException("only other participants of the operation can be declared dead");
        }
        boolean changes = record.state().isOpen() && !record.dead().containsAll(nodes);
        return changes
                ? Optional.of(new Transition(new Change.Keep(record.without(nodes)), Outgoing.NOTHING))
                : Optional.empty();
    }

    private Set<Octets> others(Operation operation) {
        return operation.participants().stream()
                .map(Participant::id)
                .filter(id -> !id.equals(me))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** An adoption closes every open record of its key as REVERTED. Empty for a closed one. */
    public Optional<Transition> adopt(OperationRecord record, AdoptionRecord adoption) {
        if (!record.operation().keyId().equals(adoption.keyId())) {
            throw new IllegalArgumentException("the adoption is about another key");
        }
        return record.state().isOpen()
                ? Optional.of(rows.step(
                        record,
                        State.REVERTED,
                        reverted -> new Change.Adopt(
                                reverted, Optional.of(record.state()), adoption.shareId(), adoption.abandoned())))
                : Optional.empty();
    }

    /** The share was repaired (protocols.md 6): an open record without a voice ends. Empty for any other. */
    public Optional<Transition> repaired(OperationRecord record, Octets shareId) {
        if (!record.state().isOpen() || voice.in(record.operation())) {
            return Optional.empty();
        }
        boolean isNew = shareId.equals(record.operation().nextActive(me));
        return Optional.of(rows.step(
                record,
                isNew ? State.CLEAN : State.REVERTED,
                closed -> new Change.CloseRepaired(closed, Optional.of(record.state()))));
    }

    /** What to say again after a restart or when a link comes up. The record is durable already. */
    public Outgoing resume(OperationRecord record) {
        return voice.announcement(record);
    }

    /** The answer to a status exchange (R7); UNKNOWN without a voice (R8). */
    public StatusReport status(OperationRecord record) {
        var opId = record.operation().opId();
        return voice.in(record.operation())
                ? new StatusReport(opId, record.statements().all())
                : StatusReport.unknown(opId);
    }

    /** Whether this node may still say something about the operation (R8). */
    public boolean hasVoice(OperationRecord record) {
        return voice.in(record.operation());
    }

    /** Judges statements about operations of which this node has no record. */
    public Examination examine(List<Statement> statements) {
        return examiner.examine(statements);
    }

    /**
     * TPC-5: whether others have left a sharing that this node holds.
     *
     * @param shareId of the sharing
     * @param parties ids of the parties of this node's key record
     * @param degree of the sharing
     * @param statements any, of any operation; what is not authentic does not count
     * @param adoptions of the key
     */
    public Standing standing(
            Octets shareId,
            Set<Octets> parties,
            int degree,
            List<Statement> statements,
            List<AdoptionRecord> adoptions) {
        var others = new HashSet<>(parties);
        others.remove(me);
        return Standing.of(shareId, others, degree, examine(statements).authentic(), adoptions);
    }
}
