package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;

/**
 * Random walks with nodes that remember, as real ones do. The search forgets on purpose; here every state
 * that a walk meets is one that the search has met, and every walk can be brought to its end.
 */
class CommitWalkSimulation {
    private static final long SEED = 20261122;
    private static final int WALKS = 60;
    private static final int STEPS = 80;

    /** Walks, and returns the states of records that were met. */
    private static Set<State> walk(Supplier<Scenario> scenario, boolean restores, Invariant invariant)
            throws TestNode.LostRace, DecodingException {
        var met = EnumSet.noneOf(State.class);
        for (long seed = SEED; seed < SEED + WALKS; seed++) {
            var walk = new Walk(scenario.get(), restores, seed);
            for (int step = 0; step < STEPS; step++) {
                walk.step();
                assertPromises(walk, "seed %d, step %d".formatted(seed, step));
                invariant.check(walk, "seed %d, step %d".formatted(seed, step));
                walk.operations.forEach(operation -> met.addAll(states(walk, operation)));
            }
            walk.settle();
            assertPromises(walk, "seed %d, settled".formatted(seed));
            for (var node : walk.voices()) {
                for (var operation : walk.operations) {
                    assertThat(node.standing(operation).filter(State::isOpen))
                            .as("seed %d: an open record", seed)
                            .isEmpty();
                }
            }
        }
        return met;
    }

    @FunctionalInterface
    private interface Invariant {
        void check(Walk walk, String where);
    }

    /** (1), (2) and (3) of the claim, and that nobody contradicts itself. */
    private static void assertPromises(Walk walk, String where) {
        for (var operation : walk.operations) {
            var states = states(walk, operation);
            assertThat(states.contains(State.CLEAN)
                            && (states.contains(State.REFUSED) || states.contains(State.REVERTED)))
                    .as(where)
                    .isFalse();
        }
        if (walk.operations.size() > 1) {
            assertOneInEffect(walk, walk.operations.get(0), walk.operations.get(1), where);
            assertOneInEffect(walk, walk.operations.get(1), walk.operations.get(0), where);
        }
        for (var one : walk.voices()) {
            for (var other : walk.voices()) {
                assertThat(offers(other, one.active) || offers(other, one.previous)).as(where).isTrue();
            }
        }
        for (var node : walk.nodes) {
            for (var operation : walk.operations) {
                var said = new HashSet<Verb>();
                walk.wire.stream()
                        .filter(statement -> statement.signer().equals(Cast.id(walk.nodes.indexOf(node) + 1)))
                        .filter(statement -> statement.operation().opId().equals(operation.opId()))
                        .forEach(statement -> said.add(statement.verb()));
                assertThat(said.contains(Verb.REFUSED) && said.contains(Verb.COMMITTED)).as(where).isFalse();
            }
        }
    }

    private static Set<State> states(Walk walk, Operation operation) {
        var states = new HashSet<State>();
        walk.voices().forEach(node -> node.standing(operation).ifPresent(states::add));
        return states;
    }

    private static void assertOneInEffect(Walk walk, Operation one, Operation other, String where) {
        if (states(walk, one).contains(State.CLEAN)) {
            assertThat(states(walk, other))
                    .as(where)
                    .doesNotContainAnyElementsOf(List.of(State.COMMITTED, State.FROZEN, State.CLEAN));
        }
    }

    private static boolean offers(TestNode node, Octets sharing) {
        return !sharing.isEmpty() && (node.active.equals(sharing) || node.previous.equals(sharing));
    }

    @Test
    void neverLeavesWhatTheSearchHasReached() throws TestNode.LostRace, DecodingException {
        var search = new Exploration(new Scenario(2, 1).withDead(2));
        search.run();

        var met = walk(() -> new Scenario(2, 1), false, (walk, where) ->
                assertThat(search.reached(walk.shape())).as(where).isTrue());

        assertThat(met).containsExactlyInAnyOrder(State.values());
    }

    @Test
    void keepsItsPromisesWithTwoOperationsAndALiar() throws TestNode.LostRace, DecodingException {
        var met = walk(() -> new Scenario(3, 1).withSecondOperation(), false, (walk, where) -> {});

        assertThat(met).containsExactlyInAnyOrder(State.values());
    }

    @Test
    void keepsItsPromisesWhenADatabaseIsRestored() throws TestNode.LostRace, DecodingException {
        walk(() -> new Scenario(3, 0), true, (walk, where) -> {
            if (walk.firstIsRestored) {
                for (var operation : walk.operations) {
                    var record = walk.nodes.getFirst().record(operation);
                    assertThat(record.map(walk.nodes.getFirst().machine::status)
                                    .filter(status -> !status.isUnknown()))
                            .as(where)
                            .isEmpty();
                }
            }
        });
    }
}
