package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** R8 and TPC-4 of protocols.md: nodes whose database has forgotten, or may have. */
class AmnesiaTest {
    private static final Seat ME = new Seat(0, 1);

    private final Operation refresh = Cast.refresh(3);
    private final TestNode node = new TestNode(Cast.machine(1), Cast.BASE);

    private List<Statement> of(Verb verb, int... parties) {
        var statements = new ArrayList<Statement>();
        for (int party : parties) {
            statements.add(Cast.statement(verb, refresh, party));
        }
        return statements;
    }

    private void restored(State state) throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);
        if (state != State.PENDING) {
            node.hear(refresh, of(Verb.PREPARED, 2, 3));
        }
        if (state == State.FROZEN) {
            node.hear(refresh, of(Verb.REFUSED, 3));
        }
        assertThat(node.state(refresh)).isEqualTo(state);
        node.machine = Cast.restoredMachine(1);
    }

    @Test
    void noticesAnOwnStatementThatItsDatabaseDoesNotKnow() throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);
        var mine = Cast.statement(Verb.COMMITTED, refresh, 1);

        var reception = node.receive(refresh, List.of(mine, Cast.statement(Verb.PREPARED, refresh, 2)));

        assertThat(reception.rolledBack()).contains(mine);
        assertThat(reception.transition()).isEmpty();
    }

    @Test
    void noticesAnOwnStatementAboutAnOperationItHasNoRecordOf() {
        var mine = Cast.statement(Verb.PREPARED, refresh, 1);

        var examination = node.machine.examine(List.of(Cast.statement(Verb.PREPARED, refresh, 2), mine));

        assertThat(examination.rolledBack()).contains(mine);
    }

    @Test
    void isNotRolledBackByItsOwnStatementFromBeforeTheNewDatabase() {
        var mine = Cast.statement(Verb.COMMITTED, refresh, 1);

        assertThat(Cast.restoredMachine(1).examine(List.of(mine)).rolledBack()).isEmpty();
    }

    @Test
    void isNotRolledBackByAForgedOwnStatement() throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);
        var forged = Statement.sign(
                Verb.COMMITTED, new Subject(refresh, Cast.setups(refresh, ME), ME), Cast.signer(2));

        var reception = node.receive(refresh, List.of(forged));

        assertThat(reception.rolledBack()).isEmpty();
        assertThat(reception.dropped())
                .containsExactly(new Reception.Dropped(forged, Reception.Reason.NOT_AUTHENTIC));
    }

    @Test
    void recognisesItsOwnStatements() throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);

        assertThat(node.receive(refresh, of(Verb.PREPARED, 1)).rolledBack()).isEmpty();
    }

    @Test
    void startsNothingThatListsAnotherDatabase() {
        node.machine = Cast.restoredMachine(1);

        assertThatThrownBy(() -> node.prepare(refresh, ME))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_4));
        assertThatThrownBy(() -> node.machine.refuseWithoutResult(refresh, Degrees.of(1)))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_4));
    }

    @Test
    void answersUnknownWithoutAVoice() throws Refused, TestNode.LostRace {
        restored(State.COMMITTED);
        var record = node.record(refresh).orElseThrow();

        assertThat(node.machine.status(record).isUnknown()).isTrue();
        assertThat(node.machine.resume(record).isSilent()).isTrue();
        assertThat(node.machine.hasVoice(record)).isFalse();
    }

    @Test
    void neitherCommitsNorRefusesNorFreezesWithoutAVoice() throws Refused, TestNode.LostRace {
        restored(State.PENDING);
        assertThat(node.hear(refresh, of(Verb.PREPARED, 2, 3))).isEmpty();
        assertThat(node.state(refresh)).isEqualTo(State.PENDING);
        assertThat(node.machine.refuse(node.record(refresh).orElseThrow())).isEmpty();
    }

    @Test
    void keepsBothSharingsWithoutAVoiceUntilOthersProveTheEnd() throws Refused, TestNode.LostRace {
        restored(State.COMMITTED);

        node.hear(refresh, of(Verb.COMMITTED, 2, 3));
        node.hear(refresh, of(Verb.REFUSED, 2));
        node.hear(refresh, of(Verb.CLEAN, 3));

        assertThat(node.state(refresh)).isEqualTo(State.COMMITTED);
        assertThat(node.active).isEqualTo(refresh.newShareId());
        assertThat(node.previous).isEqualTo(Cast.BASE);
    }

    @Test
    void takesTheNewSharingOnACleanProofWithoutAWord() throws Refused, TestNode.LostRace {
        for (var state : List.of(State.PENDING, State.COMMITTED, State.FROZEN)) {
            var test = new AmnesiaTest();
            test.restored(state);

            assertThat(test.node.hear(refresh, of(Verb.CLEAN, 2, 3))).isEmpty();

            assertThat(test.node.state(refresh)).isEqualTo(State.CLEAN);
            assertThat(test.node.active).isEqualTo(refresh.newShareId());
            assertThat(test.node.previous).isEqualTo(Octets.EMPTY);
            assertThat(test.node.record(refresh).orElseThrow().statements().has(ME, Verb.CLEAN)).isFalse();
        }
    }

    @Test
    void takesNoNewSharingOnAnotherBase() throws Refused, TestNode.LostRace {
        restored(State.PENDING);
        node.active = Cast.share(77);

        node.hear(refresh, of(Verb.CLEAN, 2, 3));

        assertThat(node.state(refresh)).isEqualTo(State.PENDING);
        assertThat(node.active).isEqualTo(Cast.share(77));
    }

    @Test
    void takesTheOldSharingWhenAllOthersRefused() throws Refused, TestNode.LostRace {
        for (var state : List.of(State.PENDING, State.COMMITTED)) {
            var test = new AmnesiaTest();
            test.restored(state);

            assertThat(test.node.hear(refresh, of(Verb.REFUSED, 2, 3))).isEmpty();

            assertThat(test.node.state(refresh).isOpen()).isFalse();
            assertThat(test.node.active).isEqualTo(Cast.BASE);
            assertThat(test.node.record(refresh).orElseThrow().statements().has(ME, Verb.REFUSED)).isFalse();
        }
    }

    @Test
    void excusesNobodyWhenItTakesTheOldSharing() throws Refused, TestNode.LostRace {
        restored(State.COMMITTED);
        node.machine
                .declareDead(node.record(refresh).orElseThrow(), Set.of(Cast.id(3)))
                .orElseThrow()
                .writeTo(node);

        node.hear(refresh, of(Verb.REFUSED, 2));

        assertThat(node.state(refresh)).isEqualTo(State.COMMITTED);
    }

    @Test
    void endsWithTheRepairOfItsShare() throws Refused, TestNode.LostRace {
        for (var share : List.of(refresh.newShareId(), Cast.BASE)) {
            var test = new AmnesiaTest();
            test.restored(State.FROZEN);
            test.node.active = share;

            var ending = test.node.machine.repaired(test.node.record(refresh).orElseThrow(), share).orElseThrow();

            assertThat(ending.writeTo(test.node).isSilent()).isTrue();
            assertThat(test.node.state(refresh))
                    .isEqualTo(share.equals(Cast.BASE) ? State.REVERTED : State.CLEAN);
        }
    }

    @Test
    void goesOnAfterARepairWithAVoice() throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);

        assertThat(node.machine.repaired(node.record(refresh).orElseThrow(), refresh.newShareId())).isEmpty();
    }
}
