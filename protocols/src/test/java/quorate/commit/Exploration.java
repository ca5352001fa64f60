package quorate.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every reachable state of some honest nodes and one liar under the commit rules, by breadth-first search
 * over the real {@link CommitMachine}.
 *
 * <p>Delivery is adversarial: whatever was sent may reach anybody at any time in any subset, again, late or
 * never, and is forgotten in a crash, because a node's step depends on what arrives with it and not on what
 * it remembers. The durable write of a state and the sending of each of its statements are separate steps,
 * and a crash is the choice to send late or not at all. The liar has signed every verb of every operation.
 */
final class Exploration {
    /** Broken promises of protocols.md 5.4, and how often. */
    enum Violation {
        CLEAN_BESIDE_REFUSED_OR_REVERTED,
        QUORUM_WITHOUT_COMMON_SHARING,
        TWO_OPERATIONS_OF_ONE_BASE,
        STUCK
    }

    record Result(int states, int doublyCommitted, Map<Violation, Integer> violations) {}

    private static final int EVERY_VERB = 31;
    private static final int DEGREE = 1;

    private final Scenario scenario;
    private final int nodes;
    private final int interchangeable;
    private final List<Drive> drives = new ArrayList<>();
    private final Map<Shape, Integer> numbers = new HashMap<>();
    private final List<long[]> states = new ArrayList<>();
    private final List<int[]> edges = new ArrayList<>();
    private final Map<Violation, Integer> violations = new TreeMap<>();
    private int doublyCommitted;

    /** The state as a key. */
    private record Shape(long[] nodes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Shape shape && Arrays.equals(nodes, shape.nodes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(nodes);
        }
    }

    Exploration(Scenario scenario) {
        this.scenario = scenario;
        this.nodes = scenario.honest + scenario.liars;
        // Honest nodes that nobody may declare dead are alike: one machine stands for all, states are sorted.
        int alike = scenario.mayBeDeclaredDead.stream().mapToInt(node -> node).reduce(scenario.honest, Math::min);
        this.interchangeable = scenario.symmetric && !scenario.losesADatabase ? alike : 0;
        for (int node = 0; node < scenario.honest; node++) {
            drives.add(
                    node > 0 && node < alike && scenario.symmetric
                            ? drives.getFirst()
                            : new Drive(
                                    node, nodes, scenario.operations, scenario.table, scenario.oneOperationPerKey));
        }
    }

    Result run() {
        var first = new long[scenario.honest];
        Arrays.fill(first, NodeShape.withSharings(0, scenario.isKeygen() ? 0 : 1, 0));
        var queue = new ArrayDeque<Integer>();
        queue.add(visit(first));
        while (!queue.isEmpty()) {
            int from = queue.remove();
            var successors = new ArrayList<long[]>();
            for (int node = 0; node < scenario.honest; node++) {
                collect(states.get(from), node, successors);
            }
            var targets = new int[successors.size()];
            for (int i = 0; i < targets.length; i++) {
                var successor = successors.get(i);
                Arrays.sort(successor, 0, interchangeable);
                int known = states.size();
                targets[i] = visit(successor);
                if (targets[i] == known) {
                    queue.add(known);
                }
            }
            if (scenario.closes) {
                edges.add(targets);
            }
        }
        if (scenario.closes) {
            countStuck();
        }
        return new Result(states.size(), doublyCommitted, violations);
    }

    private int visit(long[] state) {
        return numbers.computeIfAbsent(new Shape(state), key -> {
            states.add(state);
            check(state);
            return states.size() - 1;
        });
    }

    private void collect(long[] state, int node, List<long[]> successors) {
        long shape = state[node];
        if (NodeShape.state(shape, 0) == NodeShape.LOST) {
            collectRepairs(state, node, successors);
            return;
        }
        for (int dead : scenario.mayBeDeclaredDead) {
            if (dead != node) {
                collectDeclaration(state, node, dead, successors);
            }
        }
        if (node == 0 && scenario.losesADatabase) {
            long lost = NodeShape.withSharings(shape, 0, 0);
            for (int o = 0; o < scenario.operations.size(); o++) {
                lost = NodeShape.withState(lost, o, NodeShape.LOST);
            }
            successors.add(with(state, node, lost));
        }
        for (int o = 0; o < scenario.operations.size(); o++) {
            collectSteps(state, node, o, successors);
        }
    }

    private void collectSteps(long[] state, int node, int operation, List<long[]> successors) {
        long shape = state[node];
        var drive = drives.get(node);
        if (NodeShape.state(shape, operation) != NodeShape.NO_RECORD) {
            int unsent = drive.says(operation, NodeShape.state(shape, operation)) & ~NodeShape.sent(shape, operation);
            for (int verbs = unsent; verbs != 0; verbs &= verbs - 1) {
                successors.add(with(state, node, NodeShape.withSent(shape, operation, Integer.lowestOneBit(verbs))));
            }
        }
        int sent = 0;
        for (int position = 0; position < nodes - 1; position++) {
            int other = Drive.nodeAt(node, position);
            int verbs = other < scenario.honest ? NodeShape.sent(state[other], operation) : EVERY_VERB;
            sent |= verbs << (5 * position);
        }
        for (var move : drive.moves(shape, operation)) {
            if ((move.needs() & ~sent) == 0) {
                long moved = NodeShape.withSharings(shape, move.active(), move.previous());
                successors.add(with(state, node, NodeShape.withState(moved, operation, move.state())));
            }
        }
    }

    /** `resolve --dead`: for every record of the node, made or not, or for one open record. */
    private void collectDeclaration(long[] state, int node, int dead, List<long[]> successors) {
        long everywhere = state[node];
        for (int o = 0; o < scenario.operations.size(); o++) {
            everywhere = NodeShape.withDead(everywhere, o, 1 << dead);
            if (scenario.deadPerRecord && NodeShape.isOpen(state[node], o)) {
                successors.add(with(state, node, NodeShape.withDead(state[node], o, 1 << dead)));
            }
        }
        if (!scenario.deadPerRecord) {
            successors.add(with(state, node, everywhere));
        }
    }

    /** Section 6: to a sharing that a threshold of others has. The liar claims to have each. */
    private void collectRepairs(long[] state, int node, List<long[]> successors) {
        for (int sharing = 1; sharing < scenario.operations.size() + 2; sharing++) {
            int helpers = scenario.liars;
            for (int other = 0; other < scenario.honest; other++) {
                helpers += other != node && offers(state[other], sharing) ? 1 : 0;
            }
            if (helpers > DEGREE && sharing != NodeShape.active(state[node])) {
                successors.add(with(state, node, NodeShape.withSharings(state[node], sharing, 0)));
            }
        }
    }

    private static boolean offers(long node, int sharing) {
        return NodeShape.active(node) == sharing || NodeShape.previous(node) == sharing;
    }

    private static long[] with(long[] state, int node, long shape) {
        var next = state.clone();
        next[node] = shape;
        return next;
    }

    private void check(long[] state) {
        int declaredDead = 0;
        for (long node : state) {
            for (int o = 0; o < scenario.operations.size(); o++) {
                declaredDead |= NodeShape.dead(node, o);
            }
        }
        var trusted = new long[state.length];
        int count = 0;
        for (int node = 0; node < state.length; node++) {
            if (((declaredDead >> node) & 1) == 0 && NodeShape.state(state[node], 0) != NodeShape.LOST) {
                trusted[count++] = state[node];
            }
        }
        checkTrusted(Arrays.copyOf(trusted, count));
    }

    /** The promises are about honest nodes that nobody declared dead. */
    private void checkTrusted(long[] trusted) {
        for (int o = 0; o < scenario.operations.size(); o++) {
            if (any(trusted, o, State.CLEAN) && any(trusted, o, State.REFUSED, State.REVERTED)) {
                count(Violation.CLEAN_BESIDE_REFUSED_OR_REVERTED);
            }
            for (int q = o + 1; q < scenario.operations.size(); q++) {
                checkPair(trusted, o, q);
            }
        }
        checkQuorums(trusted);
    }

    private void checkPair(long[] trusted, int o, int q) {
        if (!scenario.operations.get(o).baseShareId().equals(scenario.operations.get(q).baseShareId())) {
            return;
        }
        if ((any(trusted, o, State.CLEAN) && any(trusted, q, State.COMMITTED, State.FROZEN, State.CLEAN))
                || (any(trusted, q, State.CLEAN) && any(trusted, o, State.COMMITTED, State.FROZEN, State.CLEAN))) {
            count(Violation.TWO_OPERATIONS_OF_ONE_BASE);
        }
        if (any(trusted, o, State.COMMITTED, State.FROZEN) && any(trusted, q, State.COMMITTED, State.FROZEN)) {
            doublyCommitted++;
        }
    }

    /** Every two nodes, a threshold of 2, have a sharing in common. A new key: as soon as one node hands it out. */
    private void checkQuorums(long[] trusted) {
        boolean usable = !scenario.isKeygen() || any(trusted, 0, State.CLEAN);
        for (int a = 0; a < trusted.length && usable; a++) {
            for (int b = a + 1; b < trusted.length; b++) {
                int active = NodeShape.active(trusted[a]);
                int previous = NodeShape.previous(trusted[a]);
                if (!(active != 0 && offers(trusted[b], active)) && !(previous != 0 && offers(trusted[b], previous))) {
                    count(Violation.QUORUM_WITHOUT_COMMON_SHARING);
                }
            }
        }
    }

    private static boolean any(long[] nodes, int operation, State... states) {
        for (long node : nodes) {
            for (var state : states) {
                if (NodeShape.is(node, operation, state)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void count(Violation violation) {
        violations.merge(violation, 1, Integer::sum);
    }

    /** States from which no path closes every record. */
    private void countStuck() {
        var before = new ArrayList<List<Integer>>();
        states.forEach(state -> before.add(new ArrayList<>()));
        for (int from = 0; from < edges.size(); from++) {
            for (int to : edges.get(from)) {
                before.get(to).add(from);
            }
        }
        var closable = new boolean[states.size()];
        var queue = new ArrayDeque<Integer>();
        for (int state = 0; state < states.size(); state++) {
            closable[state] = isClosed(states.get(state));
            if (closable[state]) {
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            for (int from : before.get(queue.remove())) {
                if (!closable[from]) {
                    closable[from] = true;
                    queue.add(from);
                }
            }
        }
        for (boolean can : closable) {
            if (!can) {
                count(Violation.STUCK);
            }
        }
    }

    private boolean isClosed(long[] state) {
        for (long node : state) {
            for (int o = 0; o < scenario.operations.size(); o++) {
                if (NodeShape.isOpen(node, o)) {
                    return false;
                }
            }
        }
        return true;
    }
}
