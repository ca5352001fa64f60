package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quorate.rounds.Refused;

/**
 * Old committee 1, 2, 3 with threshold 2; new committee 2, 3, 4, 5 with threshold 3: player 1 leaves, 2 and
 * 3 stay under two indices, 4 and 5 join.
 */
class RedistributionCommitTest {
    private static final Degrees DEGREES = new Degrees(1, 2);

    private final Operation operation = Cast.redistribution(2, 3, 4, 5);

    private TestNode pending(int player, Octets active) throws Refused, TestNode.LostRace {
        var node = new TestNode(Cast.machine(player), active);
        var seats = operation.seatsOf(Cast.id(player));
        node.machine
                .prepare(operation, Cast.setups(operation, seats.getLast()), DEGREES, active, Optional.empty())
                .writeTo(node);
        return node;
    }

    private TestNode committed(int player, Octets active) throws Refused, TestNode.LostRace {
        var node = pending(player, active);
        node.hear(operation, Cast.everyPrepared(operation));
        assertThat(node.state(operation)).isEqualTo(State.COMMITTED);
        return node;
    }

    private List<Statement> old(Verb verb, int... indices) {
        return statements(verb, 0, indices);
    }

    private List<Statement> fresh(Verb verb, int... indices) {
        return statements(verb, 1, indices);
    }

    private List<Statement> statements(Verb verb, int role, int... indices) {
        var statements = new ArrayList<Statement>();
        for (int index : indices) {
            statements.add(Cast.statement(verb, operation, new Seat(role, index)));
        }
        return statements;
    }

    @Test
    void signsOnceForEachSeat() throws Refused, TestNode.LostRace {
        var node = pending(2, Cast.BASE);

        assertThat(node.machine.resume(node.record(operation).orElseThrow()).statements())
                .extracting(Statement::seat)
                .containsExactly(new Seat(0, 2), new Seat(1, 1));
    }

    @Test
    void commitsAnOldNodeOutsideTheNewCommitteeToNoSharing() throws Refused, TestNode.LostRace {
        var node = committed(1, Cast.BASE);

        assertThat(node.active).isEqualTo(Octets.EMPTY);
        assertThat(node.previous).isEqualTo(Cast.BASE);
        node.hear(operation, old(Verb.COMMITTED, 2, 3));
        assertThat(node.state(operation)).isEqualTo(State.COMMITTED);
        node.hear(operation, fresh(Verb.COMMITTED, 1, 2, 3, 4));
        assertThat(node.state(operation)).isEqualTo(State.CLEAN);
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void commitsANewNodeThatHoldsNothing() throws Refused, TestNode.LostRace {
        var node = committed(4, Octets.EMPTY);

        assertThat(node.active).isEqualTo(operation.newShareId());
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void givesBothSeatsOfANodeTheSameRecord() throws Refused, TestNode.LostRace {
        var node = committed(2, Cast.BASE);
        node.hear(operation, old(Verb.COMMITTED, 1, 3));

        node.hear(operation, fresh(Verb.COMMITTED, 2, 3, 4));

        assertThat(node.state(operation)).isEqualTo(State.CLEAN);
        assertThat(node.active).isEqualTo(operation.newShareId());
    }

    @Test
    void waitsForBothSeatsOfAnother() throws Refused, TestNode.LostRace {
        var node = committed(4, Octets.EMPTY);
        node.hear(operation, old(Verb.COMMITTED, 1, 2, 3));

        node.hear(operation, fresh(Verb.COMMITTED, 1, 4));

        assertThat(node.state(operation)).isEqualTo(State.COMMITTED);
        assertThat(node.record(operation).orElseThrow().awaited()).containsExactly(Cast.id(3));
    }

    @Test
    void believesACleanThresholdOfTheOldCommittee() throws Refused, TestNode.LostRace {
        var node = frozen();
        node.hear(operation, old(Verb.CLEAN, 1));
        assertThat(node.state(operation)).isEqualTo(State.FROZEN);

        node.hear(operation, old(Verb.CLEAN, 2));
        assertThat(node.state(operation)).isEqualTo(State.CLEAN);
    }

    @Test
    void believesACleanThresholdOfTheNewCommittee() throws Refused, TestNode.LostRace {
        var node = frozen();
        node.hear(operation, fresh(Verb.CLEAN, 1, 2));
        assertThat(node.state(operation)).isEqualTo(State.FROZEN);

        node.hear(operation, fresh(Verb.CLEAN, 3));
        assertThat(node.state(operation)).isEqualTo(State.CLEAN);
    }

    @Test
    void doesNotAddUpTheCommittees() throws Refused, TestNode.LostRace {
        var node = frozen();

        node.hear(operation, old(Verb.CLEAN, 1));
        node.hear(operation, fresh(Verb.CLEAN, 3));

        assertThat(node.state(operation)).isEqualTo(State.FROZEN);
    }

    @Test
    void excusesTheDeadInTheirOwnCommitteeOnly() throws Refused, TestNode.LostRace {
        var node = frozen();
        // Player 4 is dead: of the new committee two clean suffice then, of the old one still two.
        node.machine
                .declareDead(node.record(operation).orElseThrow(), Set.of(Cast.id(4)))
                .orElseThrow()
                .writeTo(node);
        node.hear(operation, old(Verb.COMMITTED, 1, 2, 3));
        node.hear(operation, fresh(Verb.COMMITTED, 1, 2));

        node.hear(operation, old(Verb.CLEAN, 1));
        assertThat(node.state(operation)).isEqualTo(State.FROZEN);
        node.hear(operation, fresh(Verb.CLEAN, 1, 2));
        assertThat(node.state(operation)).isEqualTo(State.CLEAN);
    }

    /** Player 5, new, frozen by a refusal of player 4. */
    private TestNode frozen() throws Refused, TestNode.LostRace {
        var node = committed(5, Octets.EMPTY);
        node.hear(operation, fresh(Verb.REFUSED, 3));
        assertThat(node.state(operation)).isEqualTo(State.FROZEN);
        return node;
    }

    @Test
    void returnsTheOldSharingToANodeThatWasLeaving() throws Refused, TestNode.LostRace {
        var node = committed(1, Cast.BASE);

        node.hear(operation, old(Verb.REFUSED, 2, 3));
        node.hear(operation, fresh(Verb.REFUSED, 1, 2, 3, 4));

        assertThat(node.state(operation)).isEqualTo(State.REVERTED);
        assertThat(node.active).isEqualTo(Cast.BASE);
    }
}
