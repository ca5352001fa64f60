package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import quorate.rounds.Refused;

/**
 * What the real machine of one node does, tabulated: for a node in some shape, and every set of statements
 * that may have reached it, the step that {@link CommitMachine} takes. Nothing here knows a rule of the
 * table; it hands statements to the machine and applies the change that comes back.
 */
final class Drive {
    /** A step of the machine on one operation; {@code needs} is the least set of others' statements for it. */
    record Move(int needs, int active, int previous, int state) {
        boolean leadsTo(Move other) {
            return active == other.active && previous == other.previous && state == other.state;
        }
    }

    private record Local(int operation, int state, int active, int previous, int dead, boolean anotherIsOpen) {}

    private static final int VERBS = Verb.values().length;

    private final int me;
    private final int nodes;
    private final List<Operation> operations;
    private final CommitMachine machine;
    private final boolean oneOperationPerKey;
    private final List<Statement[]> theirs = new ArrayList<>();
    private final Map<Local, List<Move>> moves = new HashMap<>();
    private final Map<Integer, OperationRecord> records = new HashMap<>();
    private final Map<Integer, Integer> says = new HashMap<>();

    /**
     * @param me number of this node among all, from 0
     * @param oneOperationPerKey false: the caller forgets R0 and the compare-and-set on ACTIVE, and lies to the machine
     */
    Drive(int me, int nodes, List<Operation> operations, Table table, boolean oneOperationPerKey) {
        this.me = me;
        this.nodes = nodes;
        this.operations = operations;
        this.machine = Cast.machine(me + 1, table);
        this.oneOperationPerKey = oneOperationPerKey;
        for (var operation : operations) {
            theirs.add(statements(operation));
        }
    }

    /** By bit: five verbs of each other node. Half of them refuse without a result. */
    private Statement[] statements(Operation operation) {
        var statements = new Statement[VERBS * (nodes - 1)];
        for (int position = 0; position < nodes - 1; position++) {
            for (var verb : Verb.values()) {
                boolean bare = verb == Verb.REFUSED && position % 2 == 0;
                statements[VERBS * position + bit(verb)] =
                        Cast.statement(verb, bare ? operation.withoutResult() : operation, node(position) + 1);
            }
        }
        return statements;
    }

    private static int bit(Verb verb) {
        return verb.code() - 1;
    }

    private int node(int position) {
        return nodeAt(me, position);
    }

    /** The others of a node in order. */
    static int nodeAt(int me, int position) {
        return position < me ? position : position + 1;
    }

    List<Move> moves(long node, int operation) {
        boolean anotherIsOpen = false;
        boolean begins = NodeShape.state(node, operation) == NodeShape.NO_RECORD;
        for (int o = 0; o < operations.size(); o++) {
            anotherIsOpen |= begins && o != operation && NodeShape.isOpen(node, o);
        }
        var local = new Local(
                operation,
                NodeShape.state(node, operation),
                NodeShape.active(node),
                NodeShape.previous(node),
                NodeShape.dead(node, operation),
                anotherIsOpen);
        return moves.computeIfAbsent(local, this::tabulate);
    }

    private List<Move> tabulate(Local local) {
        if (local.state == NodeShape.NO_RECORD) {
            return begin(local);
        }
        var found = new ArrayList<Move>();
        var record = declared(record(local.operation, local.state), local.dead);
        machine.refuse(record).ifPresent(step -> found.add(apply(0, step.change(), local)));
        int everything = (1 << theirs.get(local.operation).length) - 1;
        for (int arrived = 0; arrived <= everything; arrived++) {
            if (!record.state().isOpen() && Integer.bitCount(arrived) > 1 && arrived != everything) {
                continue; // Closed records have no rows: each statement alone and all at once will do.
            }
            var step = deliver(record, local, arrived);
            if (step.isPresent() && !(step.get().change() instanceof Change.Keep)) {
                var move = apply(arrived, step.get().change(), local);
                // Counting upwards meets every subset first, so the first set for an outcome is a least one.
                if (found.stream().noneMatch(known -> known.leadsTo(move) && (known.needs & ~move.needs) == 0)) {
                    found.add(move);
                }
            }
        }
        return found;
    }

    private List<Move> begin(Local local) {
        var operation = operations.get(local.operation);
        var open = local.anotherIsOpen && oneOperationPerKey
                ? Optional.of(record(0, NodeShape.code(State.PENDING)))
                : Optional.<OperationRecord>empty();
        var found = new ArrayList<Move>();
        try {
            var setups = Cast.setups(operation, new Seat(0, me + 1));
            var step = machine.prepare(operation, setups, Degrees.of(1), active(local), open);
            found.add(apply(0, step.change(), local));
            found.add(apply(0, machine.refuseWithoutResult(operation, Degrees.of(1)).change(), local));
        } catch (Refused busyOrStale) {
            found.add(apply(0, refusal(operation), local));
        }
        return found;
    }

    private Change refusal(Operation operation) {
        try {
            return machine.refuseWithoutResult(operation, Degrees.of(1)).change();
        } catch (Refused e) {
            throw new AssertionError("every node here has a voice", e);
        }
    }

    /** ACTIVE as the machine is told; a caller without R0 always says that the base is there. */
    private Octets active(Local local) {
        boolean lie = !oneOperationPerKey && local.state <= NodeShape.code(State.PENDING);
        return lie ? operations.get(local.operation).baseShareId() : sharing(local.active);
    }

    private Octets sharing(int number) {
        return switch (number) {
            case 0 -> Octets.EMPTY;
            case 1 -> Cast.BASE;
            default -> operations.get(number - 2).newShareId();
        };
    }

    private int number(Octets sharing) {
        for (int number = 0; number < operations.size() + 2; number++) {
            if (sharing(number).equals(sharing)) {
                return number;
            }
        }
        throw new AssertionError("no sharing " + sharing);
    }

    private Optional<Transition> deliver(OperationRecord record, Local local, int arrived) {
        var statements = new ArrayList<Statement>();
        var all = theirs.get(local.operation);
        for (int bit = 0; bit < all.length; bit++) {
            if (((arrived >> bit) & 1) == 1) {
                statements.add(all[bit]);
            }
        }
        var reception = machine.receive(record, active(local), statements);
        if (!reception.dropped().isEmpty()
                || reception.rolledBack().isPresent()
                || reception.noCertificate().isPresent()) {
            throw new AssertionError("good statements refused: " + reception);
        }
        return reception.transition();
    }

    /** What the store does with a change. */
    private Move apply(int needs, Change change, Local local) {
        int active = local.active;
        int previous = local.previous;
        switch (change) {
            case Change.StorePending pending -> requireActive(pending.expectedActive(), local);
            case Change.Commit commit -> {
                requireActive(commit.expectedActive(), local);
                previous = active;
                active = number(commit.nextActive());
            }
            case Change.Clean clean -> {
                requireActive(clean.expectedActive(), local);
                previous = 0;
            }
            case Change.Revert revert -> {
                requireActive(revert.expectedActive(), local);
                active = previous;
                previous = 0;
            }
            case Change.StoreRefused none -> assertThat(local.state).isEqualTo(NodeShape.NO_RECORD);
            case Change.Refuse refuse -> assertThat(refuse.maybeStale()).isFalse();
            case Change.Freeze freeze -> assertThat(freeze.from()).contains(State.COMMITTED);
            case Change.Keep keep -> throw new AssertionError("no step: " + keep);
            case Change.TakeProven silent -> throw new AssertionError("every node here has a voice: " + silent);
            case Change.Adopt adopt -> throw new AssertionError("nobody adopts: " + adopt);
            case Change.CloseRepaired repaired -> throw new AssertionError("every node here has a voice: " + repaired);
        }
        int from = change.from().map(NodeShape::code).orElse(NodeShape.NO_RECORD);
        assertThat(from).isEqualTo(local.state);
        return new Move(needs, active, previous, NodeShape.code(change.record().state()));
    }

    private void requireActive(Octets expected, Local local) {
        assertThat(!oneOperationPerKey || sharing(local.active).equals(expected)).isTrue();
    }

    /** The verbs that a node in this state may have sent or may still send. */
    int says(int operation, int state) {
        var known = says.get(operation * 8 + state);
        if (known != null) {
            return known;
        }
        int mine = 0;
        for (var statement : machine.status(record(operation, state)).statements()) {
            if (statement.signer().equals(Cast.id(me + 1))) {
                mine |= 1 << bit(statement.verb());
            }
        }
        says.put(operation * 8 + state, mine);
        return mine;
    }

    private OperationRecord declared(OperationRecord record, int dead) {
        var ids = new TreeSet<Octets>();
        for (int node = 0; node < nodes; node++) {
            if (((dead >> node) & 1) == 1) {
                ids.add(Cast.id(node + 1));
            }
        }
        return machine.declareDead(record, ids)
                .map(step -> step.change().record())
                .orElse(record);
    }

    /** A record in this state that has forgotten all it may forget: others' statements beyond the certificate. */
    private OperationRecord record(int operation, int state) {
        var known = records.get(operation * 8 + state);
        if (known == null) {
            known = make(operation, NodeShape.state(state));
            records.put(operation * 8 + state, known);
        }
        return known;
    }

    private OperationRecord make(int operation, State state) {
        var said = theirs.get(operation);
        var base = operations.get(operation).baseShareId();
        var made = switch (state) {
            case PENDING -> prepared(operations.get(operation));
            case REFUSED -> refusal(operations.get(operation)).record();
            case COMMITTED -> after(operation, State.PENDING, base, every(said, Verb.PREPARED));
            case CLEAN -> after(operation, State.COMMITTED, base, every(said, Verb.COMMITTED));
            case FROZEN -> after(operation, State.COMMITTED, base, List.of(said[bit(Verb.REFUSED)]));
            case REVERTED -> after(operation, State.FROZEN, base, every(said, Verb.REFUSED));
        };
        assertThat(made.state()).isEqualTo(state);
        return made.holding(HeldStatements.of(made.statements().all().stream()
                .filter(statement -> statement.verb() == Verb.PREPARED || isMine(statement))
                .toList()));
    }

    private boolean isMine(Statement statement) {
        return statement.signer().equals(Cast.id(me + 1));
    }

    private OperationRecord prepared(Operation operation) {
        try {
            var setups = Cast.setups(operation, new Seat(0, me + 1));
            return machine.prepare(operation, setups, Degrees.of(1), operation.baseShareId(), Optional.empty())
                    .change()
                    .record();
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    private OperationRecord after(int operation, State before, Octets active, List<Statement> arrived) {
        return machine.receive(record(operation, NodeShape.code(before)), active, arrived)
                .transition()
                .orElseThrow()
                .change()
                .record();
    }

    private static List<Statement> every(Statement[] statements, Verb verb) {
        return Stream.of(statements).filter(statement -> statement.verb() == verb).toList();
    }
}
