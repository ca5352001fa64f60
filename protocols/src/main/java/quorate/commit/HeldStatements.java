package quorate.commit;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The authentic statements that a node holds about one operation, at most one per seat and verb. Immutable. */
public final class HeldStatements {
    private record Slot(Seat seat, Verb verb) implements Comparable<Slot> {
        static Slot of(Statement statement) {
            return new Slot(statement.seat(), statement.verb());
        }

        @Override
        public int compareTo(Slot other) {
            int bySeat = seat.compareTo(other.seat);
            return bySeat != 0 ? bySeat : verb.compareTo(other.verb);
        }
    }

    private final SortedMap<Slot, Statement> bySlot;

    private HeldStatements(SortedMap<Slot, Statement> bySlot) {
        this.bySlot = bySlot;
    }

    static HeldStatements of(Iterable<Statement> statements) {
        return new HeldStatements(new TreeMap<>()).with(statements);
    }

    /** With more; each takes the place of another one of its seat and verb. */
    HeldStatements with(Iterable<Statement> statements) {
        var more = new TreeMap<>(bySlot);
        statements.forEach(statement -> more.put(Slot.of(statement), statement));
        return new HeldStatements(more);
    }

    public Optional<Statement> of(Seat seat, Verb verb) {
        return Optional.ofNullable(bySlot.get(new Slot(seat, verb)));
    }

    public boolean has(Seat seat, Verb verb) {
        return bySlot.containsKey(new Slot(seat, verb));
    }

    boolean has(Statement statement) {
        return of(statement.seat(), statement.verb())
                .filter(statement::saysTheSameAs)
                .isPresent();
    }

    /** Ascending by seat and verb. */
    public List<Statement> all() {
        return List.copyOf(bySlot.values());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldStatements held && bySlot.equals(held.bySlot);
    }

    @Override
    public int hashCode() {
        return bySlot.hashCode();
    }

    @Override
    public String toString() {
        return bySlot.values().toString();
    }
}
