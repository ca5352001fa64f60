package quorate.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import quorate.algebra.DecodingException;

/**
 * What this node keeps about one operation, for ever, besides the shares: the record of protocols.md 5.4.
 * One per (keyId, opId). Only transitions of {@link CommitMachine} make new ones.
 *
 * @param own S of this node, one per seat
 * @param degrees of the committees
 * @param dead ids of the participants declared dead for this record on this node (R6)
 * @param statements own and others', all authentic
 */
public record OperationRecord(
        State state, List<Subject> own, Degrees degrees, SortedSet<Octets> dead, HeldStatements statements) {

    /** A record as a store keeps it: a name, numbers and byte strings. */
    public record Snapshot(
            String state, List<byte[]> own, int oldDegree, int newDegree, List<byte[]> dead, List<byte[]> statements) {}

    public OperationRecord {
        own = List.copyOf(own);
        dead = Collections.unmodifiableSortedSet(new TreeSet<>(dead));
        if (own.isEmpty()) {
            throw new IllegalArgumentException("a record of an operation in which this node has no seat");
        }
    }

    static OperationRecord first(State state, List<Subject> own, Degrees degrees) {
        return new OperationRecord(state, own, degrees, new TreeSet<>(), HeldStatements.of(List.of()));
    }

    public Operation operation() {
        return own.getFirst().operation();
    }

    /**
     * Whether sessions may use the key at all as far as this operation goes. A key that the operation
     * makes has no sharing to fall back on: before CLEAN another node may still refuse, and after REFUSED
     * or REVERTED there is no key (protocols.md 1.1).
     */
    public boolean isUsable() {
        return !operation().baseShareId().isEmpty() || state == State.CLEAN;
    }

    /**
     * The other participants whose committed this node lacks and did not excuse: whom "reshare not
     * effective, waiting for" names.
     */
    public Set<Octets> awaited() {
        var me = own.getFirst().signerId();
        var awaited = new HashSet<Octets>();
        for (var participant : operation().participants()) {
            if (!participant.id().equals(me)
                    && !dead.contains(participant.id())
                    && !statements.has(participant.seat(), Verb.COMMITTED)) {
                awaited.add(participant.id());
            }
        }
        return awaited;
    }

    OperationRecord in(State next) {
        return new OperationRecord(next, own, degrees, dead, statements);
    }

    OperationRecord holding(HeldStatements more) {
        return new OperationRecord(state, own, degrees, dead, more);
    }

    OperationRecord without(Set<Octets> moreDead) {
        var all = new TreeSet<>(dead);
        all.addAll(moreDead);
        return new OperationRecord(state, own, degrees, all, statements);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                state.name(),
                own.stream().map(Subject::encode).toList(),
                degrees.ofOld(),
                degrees.ofNew(),
                dead.stream().map(Octets::bytes).toList(),
                statements.all().stream().map(Statement::encode).toList());
    }

    /** What {@link #snapshot} made. It comes from this node's own database, so signatures are not checked again. */
    public static OperationRecord restore(Snapshot snapshot) throws DecodingException {
        var own = new ArrayList<Subject>();
        for (var subject : snapshot.own()) {
            own.add(Subject.decode(subject));
        }
        var statements = new ArrayList<Statement>();
        for (var statement : snapshot.statements()) {
            statements.add(Statement.decode(statement));
        }
        var dead = new TreeSet<Octets>();
        snapshot.dead().forEach(id -> dead.add(Octets.of(id)));
        try {
            return new OperationRecord(
                    State.valueOf(snapshot.state()),
                    own,
                    new Degrees(snapshot.oldDegree(), snapshot.newDegree()),
                    dead,
                    HeldStatements.of(statements));
        } catch (IllegalArgumentException e) {
            throw new DecodingException("no record of an operation: " + e.getMessage());
        }
    }
}
