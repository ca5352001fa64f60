package quorate.commit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.rounds.Refused;

/**
 * One random life of some nodes with real records: statements are remembered, snapshots written and read,
 * everything on the wire is bytes. A crash loses a transition before the write, or what it says after it.
 */
final class Walk {
    final List<TestNode> nodes = new ArrayList<>();
    final List<Operation> operations;
    final Set<Statement> wire = new LinkedHashSet<>();
    boolean firstIsRestored;

    private final int honest;
    private final Random random;
    private final List<Statement> lies = new ArrayList<>();
    private final Optional<Octets> liar;
    private final boolean restores;
    private Optional<TestNode> image = Optional.empty();

    Walk(Scenario scenario, boolean restores, long seed) {
        this.honest = scenario.honest;
        this.operations = scenario.operations;
        this.random = new Random(seed);
        this.restores = restores;
        this.liar = scenario.liars == 0 ? Optional.empty() : Optional.of(Cast.id(honest + 1));
        for (int node = 0; node < honest; node++) {
            nodes.add(new TestNode(Cast.machine(node + 1), scenario.isKeygen() ? Octets.EMPTY : Cast.BASE));
        }
        liar.ifPresent(id -> operations.forEach(this::lie));
    }

    /** Everything that the liar can sign: every verb, a refusal of both kinds, pair states that differ. */
    private void lie(Operation operation) {
        for (var verb : Verb.values()) {
            lies.add(Cast.statement(verb, operation, honest + 1));
        }
        lies.add(Cast.statement(Verb.REFUSED, operation.withoutResult(), honest + 1));
        var seat = new Seat(0, honest + 1);
        var setups = new TreeMap<>(Cast.setups(operation, seat).setups());
        setups.put(1, Cast.name("lie", 1));
        lies.add(Statement.sign(
                Verb.PREPARED, new Subject(operation, new SetupVector(setups), seat), Cast.signer(honest + 1)));
    }

    void step() throws TestNode.LostRace, DecodingException {
        int number = random.nextInt(honest);
        var node = nodes.get(number);
        var operation = operations.get(random.nextInt(operations.size()));
        var record = node.record(operation);
        if (record.isEmpty()) {
            begin(node, operation, new Seat(0, number + 1));
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> said(node.machine.resume(record.get()));
            case 1 -> perhaps(node, random.nextInt(8) == 0 ? node.machine.refuse(record.get()) : Optional.empty());
            case 2 -> {
                if (liar.isPresent() && random.nextInt(4) == 0) {
                    perhaps(node, node.machine.declareDead(record.get(), Set.of(liar.get())));
                }
            }
            case 3, 4 -> perhaps(node, node.machine.advance(record.get(), node.active));
            case 5, 6 -> ask(node, nodes.get(random.nextInt(honest)), operation);
            case 7 -> rollBack();
            default -> deliver(node, operation, record.get());
        }
    }

    private void begin(TestNode node, Operation operation, Seat seat) throws TestNode.LostRace {
        try {
            perhaps(
                    node,
                    Optional.of(
                            random.nextInt(12) == 0
                                    ? node.machine.refuseWithoutResult(operation, Degrees.of(1))
                                    : node.prepare(operation, seat)));
        } catch (Refused busyOrStale) {
            // The session ends here; the operation has no record on this node.
        }
    }

    private void deliver(TestNode node, Operation operation, OperationRecord record) throws TestNode.LostRace {
        var arrived = new ArrayList<Statement>();
        for (var statements : List.of(wire, lies)) {
            for (var statement : statements) {
                if (statement.operation().opId().equals(operation.opId()) && random.nextInt(3) == 0) {
                    arrived.add(statement);
                }
            }
        }
        perhaps(node, node.machine.receive(record, node.active, arrived).transition());
    }

    private void ask(TestNode node, TestNode other, Operation operation) throws TestNode.LostRace, DecodingException {
        var theirs = other.record(operation);
        if (other != node && theirs.isPresent()) {
            var status = StatusReport.decode(other.machine.status(theirs.get()).encode());
            said(new Outgoing(own(other, status.statements()), Optional.empty()));
            perhaps(node, node.receive(operation, status.statements()).transition());
        }
    }

    private List<Statement> own(TestNode node, List<Statement> statements) {
        var id = Cast.id(nodes.indexOf(node) + 1);
        return statements.stream().filter(statement -> statement.signer().equals(id)).toList();
    }

    /** Node 1 gets an older image of its database back, and draws a new dbi as `backup restore` does. */
    private void rollBack() {
        if (!restores || firstIsRestored) {
            return;
        }
        if (image.isEmpty()) {
            image = Optional.of(nodes.getFirst().copy());
        } else if (random.nextInt(3) == 0) {
            nodes.set(0, image.get());
            nodes.getFirst().machine = Cast.restoredMachine(1);
            firstIsRestored = true;
        }
    }

    private void perhaps(TestNode node, Optional<Transition> transition) throws TestNode.LostRace {
        if (transition.isPresent() && random.nextInt(7) != 0) {
            var saying = transition.get().writeTo(node);
            if (random.nextInt(5) != 0) {
                said(saying);
            }
        }
    }

    private void said(Outgoing saying) {
        wire.addAll(saying.statements());
        saying.certificate().ifPresent(certificate -> wire.addAll(certificate.prepared()));
    }

    /** The network heals, the operators give up on who is gone, everybody asks everybody. */
    void settle() throws TestNode.LostRace, DecodingException {
        for (var operation : operations) {
            for (var node : voices()) {
                var open = node.record(operation).filter(record -> record.state().isOpen());
                var gone = new LinkedHashSet<Octets>();
                liar.ifPresent(gone::add);
                if (firstIsRestored) {
                    gone.add(Cast.id(1));
                }
                if (open.isPresent()) {
                    node.machine.declareDead(open.get(), gone).ifPresent(step -> write(node, step));
                }
            }
            // Once to spread certificates, once for refusals without one, twice for what follows from them.
            for (int round = 0; round < 4; round++) {
                boolean refuses = round == 1;
                for (var node : voices()) {
                    for (var other : voices()) {
                        exchange(node, other, operation, refuses);
                    }
                }
            }
        }
    }

    private void exchange(TestNode node, TestNode other, Operation operation, boolean refuses)
            throws TestNode.LostRace {
        var mine = node.record(operation);
        if (mine.isPresent()) {
            var theirs = other.record(operation).map(other.machine::status);
            node.hear(operation, theirs.map(StatusReport::statements).orElse(List.of()));
            if (refuses) {
                node.machine.refuse(node.record(operation).orElseThrow()).ifPresent(step -> write(node, step));
            }
        }
    }

    private static void write(TestNode node, Transition transition) {
        try {
            transition.writeTo(node);
        } catch (TestNode.LostRace e) {
            throw new AssertionError(e);
        }
    }

    /** The honest nodes that have not forgotten anything. */
    List<TestNode> voices() {
        return firstIsRestored ? nodes.subList(1, nodes.size()) : nodes;
    }

    /** The state of the world as the search has it; for one operation. */
    long[] shape() {
        var shape = new long[honest];
        for (int node = 0; node < honest; node++) {
            var now = nodes.get(node);
            var operation = operations.getFirst();
            shape[node] = NodeShape.withSharings(0, number(now.active), number(now.previous));
            var record = now.record(operation);
            shape[node] = NodeShape.withState(
                    shape[node], 0, record.map(known -> NodeShape.code(known.state())).orElse(NodeShape.NO_RECORD));
            if (record.isPresent() && !record.get().dead().isEmpty()) {
                shape[node] = NodeShape.withDead(shape[node], 0, 1 << honest);
            }
            for (var statement : own(now, List.copyOf(wire))) {
                shape[node] = NodeShape.withSent(shape[node], 0, 1 << (statement.verb().code() - 1));
            }
        }
        return shape;
    }

    private int number(Octets sharing) {
        if (sharing.isEmpty()) {
            return 0;
        }
        return sharing.equals(Cast.BASE) ? 1 : 2;
    }
}
