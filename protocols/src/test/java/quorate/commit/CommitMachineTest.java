package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** The table of protocols.md 5.4, row by row, on node 1 of three, and the rules R0, R1, R6, R7. */
class CommitMachineTest {
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

    private List<Verb> hear(List<Statement> statements) throws TestNode.LostRace {
        return node.hear(refresh, statements).stream().map(Statement::verb).toList();
    }

    private void pending() throws Refused, TestNode.LostRace {
        node.prepare(refresh, ME).writeTo(node);
    }

    private void committed() throws Refused, TestNode.LostRace {
        pending();
        hear(of(Verb.PREPARED, 2, 3));
    }

    private void frozen() throws Refused, TestNode.LostRace {
        committed();
        hear(of(Verb.REFUSED, 3));
    }

    private void dead(int... players) throws TestNode.LostRace {
        var ids = new java.util.HashSet<Octets>();
        for (int player : players) {
            ids.add(Cast.id(player));
        }
        node.machine.declareDead(node.record(refresh).orElseThrow(), ids).orElseThrow().writeTo(node);
    }

    @Test
    void storesThePendingRecordBeforeItSaysPrepared() throws Refused, TestNode.LostRace {
        var said = node.prepare(refresh, ME).writeTo(node);

        assertThat(node.state(refresh)).isEqualTo(State.PENDING);
        assertThat(node.active).isEqualTo(Cast.BASE);
        assertThat(said.statements()).containsExactly(Cast.statement(Verb.PREPARED, refresh, 1));
        assertThat(said.certificate()).isEmpty();
    }

    @Test
    void saysNothingWhenTheWriteFails() throws Refused {
        var transition = node.prepare(refresh, ME);
        Ledger<IllegalStateException> full = change -> {
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(() -> transition.writeTo(full)).hasMessage("disk full");
    }

    @Test
    void refusesWithoutAResult() throws Refused, TestNode.LostRace {
        var said = node.machine.refuseWithoutResult(refresh, Degrees.of(1)).writeTo(node);

        assertThat(node.state(refresh)).isEqualTo(State.REFUSED);
        assertThat(said.statements())
                .containsExactly(Cast.statement(Verb.REFUSED, refresh.withoutResult(), 1));
    }

    @Test
    void refusesAPendingOperation() throws Refused, TestNode.LostRace {
        pending();

        var refusal = node.machine.refuse(node.record(refresh).orElseThrow()).orElseThrow();

        assertThat(refusal.change()).isInstanceOf(Change.Refuse.class);
        assertThat(refusal.writeTo(node).statements()).containsExactly(Cast.statement(Verb.REFUSED, refresh, 1));
        assertThat(node.state(refresh)).isEqualTo(State.REFUSED);
    }

    @Test
    void commitsOnPreparedOfAll() throws Refused, TestNode.LostRace {
        pending();
        assertThat(hear(of(Verb.PREPARED, 2))).isEmpty();

        var said = node.receive(refresh, of(Verb.PREPARED, 3)).transition().orElseThrow().writeTo(node);

        assertThat(said.statements()).containsExactly(Cast.statement(Verb.COMMITTED, refresh, 1));
        assertThat(said.certificate().orElseThrow().prepared()).isEqualTo(Cast.everyPrepared(refresh));
        assertThat(node.active).isEqualTo(refresh.newShareId());
        assertThat(node.previous).isEqualTo(Cast.BASE);
    }

    @Test
    void commitsOnACertificateFromAnybody() throws Refused, TestNode.LostRace, DecodingException {
        pending();
        var bytes = Certificate.check(Cast.everyPrepared(refresh), Cast.keys(), Cast.VERIFIER).encode();

        assertThat(hear(Certificate.decode(bytes))).containsExactly(Verb.COMMITTED);
    }

    @Test
    void takesTheCertificateOfOthersOverAPreparedThatDiffers() throws Refused, TestNode.LostRace {
        pending();
        var setups = new TreeMap<>(Cast.setups(refresh, new Seat(0, 3)).setups());
        setups.put(2, Cast.name("lie", 1));
        var lie = Statement.sign(
                Verb.PREPARED, new Subject(refresh, new SetupVector(setups), new Seat(0, 3)), Cast.signer(3));
        hear(of(Verb.PREPARED, 2));

        var told = node.receive(refresh, List.of(lie));
        told.transition().orElseThrow().writeTo(node);

        assertThat(told.noCertificate().orElseThrow().check()).isEqualTo(Check.TPC_1);
        assertThat(told.noCertificate().orElseThrow()).hasMessageContaining("setup between party 2 and party 3");
        assertThat(node.state(refresh)).isEqualTo(State.PENDING);
        assertThat(hear(Cast.everyPrepared(refresh))).containsExactly(Verb.COMMITTED);
    }

    @Test
    void refusesAndReportsMaybeStaleWhenActiveIsNotTheBase() throws Refused, TestNode.LostRace {
        pending();
        node.active = Cast.share(77);

        var transition = node.receive(refresh, of(Verb.PREPARED, 2, 3)).transition().orElseThrow();

        assertThat(transition.change())
                .asInstanceOf(InstanceOfAssertFactories.type(Change.Refuse.class))
                .satisfies(refuse -> assertThat(refuse.maybeStale()).isTrue());
        assertThat(transition.writeTo(node).statements())
                .containsExactly(Cast.statement(Verb.REFUSED, refresh, 1));
        assertThat(node.active).isEqualTo(Cast.share(77));
    }

    @Test
    void commitsToTheNewSharingThatARepairHasAlreadyStored() throws Refused, TestNode.LostRace {
        pending();
        node.active = refresh.newShareId();

        assertThat(hear(of(Verb.PREPARED, 2, 3))).containsExactly(Verb.COMMITTED);
        assertThat(node.active).isEqualTo(refresh.newShareId());
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void losesTheRaceWhenActiveChangesBeforeTheCommitIsWritten() throws Refused, TestNode.LostRace {
        pending();
        var transition = node.receive(refresh, of(Verb.PREPARED, 2, 3)).transition().orElseThrow();
        node.active = Cast.share(77);

        assertThatThrownBy(() -> transition.writeTo(node)).isInstanceOf(TestNode.LostRace.class);
        assertThat(node.state(refresh)).isEqualTo(State.PENDING);
    }

    @Test
    void becomesCleanOnCommittedOfAllOthers() throws Refused, TestNode.LostRace {
        committed();
        assertThat(hear(of(Verb.COMMITTED, 2))).isEmpty();

        assertThat(hear(of(Verb.COMMITTED, 3))).containsExactly(Verb.CLEAN);
        assertThat(node.active).isEqualTo(refresh.newShareId());
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void becomesCleanWhenTheMissingAreDead() throws Refused, TestNode.LostRace {
        committed();
        hear(of(Verb.COMMITTED, 2));
        dead(3);

        var transition = node.machine.advance(node.record(refresh).orElseThrow(), node.active).orElseThrow();

        assertThat(transition.change()).isInstanceOf(Change.Clean.class);
        assertThat(transition.writeTo(node).statements()).containsExactly(Cast.statement(Verb.CLEAN, refresh, 1));
    }

    @Test
    void namesWhoKeepsTheOldSharingAlive() throws Refused, TestNode.LostRace {
        committed();
        hear(of(Verb.COMMITTED, 2));

        assertThat(node.record(refresh).orElseThrow().awaited()).containsExactly(Cast.id(3));
        dead(3);
        assertThat(node.record(refresh).orElseThrow().awaited()).isEmpty();
    }

    @Test
    void freezesOnRefusedOfAnyOther() throws Refused, TestNode.LostRace {
        committed();

        assertThat(hear(of(Verb.REFUSED, 2))).containsExactly(Verb.FROZEN);
        assertThat(node.active).isEqualTo(refresh.newShareId());
        assertThat(node.previous).isEqualTo(Cast.BASE);
    }

    @Test
    void freezesOnARefusalWithoutResult() throws Refused, TestNode.LostRace {
        committed();

        assertThat(hear(List.of(Cast.statement(Verb.REFUSED, refresh.withoutResult(), 2))))
                .containsExactly(Verb.FROZEN);
    }

    @Test
    void doesNotListenToTheDead() throws Refused, TestNode.LostRace {
        committed();
        dead(2);

        assertThat(hear(of(Verb.REFUSED, 2))).isEmpty();
        assertThat(node.state(refresh)).isEqualTo(State.COMMITTED);
    }

    @Test
    void revertsOnRefusedOrFrozenOfEveryOther() throws Refused, TestNode.LostRace {
        frozen();
        assertThat(node.state(refresh)).isEqualTo(State.FROZEN);

        assertThat(hear(of(Verb.FROZEN, 2))).containsExactly(Verb.FROZEN);
        assertThat(node.state(refresh)).isEqualTo(State.REVERTED);
        assertThat(node.active).isEqualTo(Cast.BASE);
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void revertsWhenTheMissingAreDead() throws Refused, TestNode.LostRace {
        frozen();
        dead(2);

        assertThat(node.machine.advance(node.record(refresh).orElseThrow(), node.active).orElseThrow().change())
                .isInstanceOf(Change.Revert.class);
    }

    @Test
    void leavesFrozenOnCleanOfMoreOthersThanMayBeCorrupt() throws Refused, TestNode.LostRace {
        frozen();
        assertThat(hear(of(Verb.CLEAN, 2))).isEmpty();

        assertThat(hear(of(Verb.CLEAN, 3))).containsExactly(Verb.CLEAN);
        assertThat(node.previous).isEqualTo(Octets.EMPTY);
    }

    @Test
    void leavesFrozenOnOneCleanWhenTheOtherIsDeadAndAllAreCommitted() throws Refused, TestNode.LostRace {
        frozen();
        dead(3);
        hear(of(Verb.CLEAN, 2));
        assertThat(node.state(refresh)).isEqualTo(State.FROZEN);

        assertThat(hear(of(Verb.COMMITTED, 2))).containsExactly(Verb.CLEAN);
    }

    @Test
    void neverLeavesFrozenOnTheCleanOfTheDeadAlone() throws Refused, TestNode.LostRace {
        frozen();
        dead(2, 3);
        hear(of(Verb.CLEAN, 2, 3));

        // All others are excused, so there is nobody left whose CLEAN could be contradicted: back.
        assertThat(node.state(refresh)).isEqualTo(State.REVERTED);
    }

    @Test
    void keepsWhatItIsOnceItIsClosed() throws Refused, TestNode.LostRace {
        for (var last : List.of(State.CLEAN, State.REVERTED, State.REFUSED)) {
            var closed = new TestNode(Cast.machine(1), Cast.BASE);
            closed.prepare(refresh, ME).writeTo(closed);
            switch (last) {
                case CLEAN -> closed.hear(
                        refresh, Stream.concat(of(Verb.PREPARED, 2, 3).stream(), of(Verb.COMMITTED, 2, 3).stream())
                                .toList());
                case REVERTED -> {
                    closed.hear(refresh, of(Verb.PREPARED, 2, 3));
                    closed.hear(refresh, of(Verb.REFUSED, 2, 3));
                }
                default -> closed.machine.refuse(closed.record(refresh).orElseThrow()).orElseThrow().writeTo(closed);
            }
            assertThat(closed.state(refresh)).isEqualTo(last);
            var active = closed.active;

            for (var verb : Verb.values()) {
                closed.hear(refresh, of(verb, 2, 3));
                assertThat(closed.state(refresh)).isEqualTo(last);
                assertThat(closed.active).isEqualTo(active);
            }
        }
    }

    @Test
    void answersACertificateThatComesTooLateWithItsRefusal() throws Refused, TestNode.LostRace {
        node.machine.refuseWithoutResult(refresh, Degrees.of(1)).writeTo(node);

        assertThat(hear(of(Verb.PREPARED, 2, 3))).containsExactly(Verb.REFUSED);
        assertThat(node.state(refresh)).isEqualTo(State.REFUSED);
        assertThat(node.active).isEqualTo(Cast.BASE);
    }

    @Test
    void doesNotAnswerWhatItHasHeardBefore() throws Refused, TestNode.LostRace {
        committed();
        hear(of(Verb.COMMITTED, 2, 3));

        assertThat(hear(of(Verb.CLEAN, 2))).containsExactly(Verb.CLEAN);
        assertThat(hear(of(Verb.CLEAN, 2))).isEmpty();
    }

    @Test
    void doesNotRefuseWithACertificate() throws Refused, TestNode.LostRace {
        committed();
        assertThat(node.machine.refuse(node.record(refresh).orElseThrow())).isEmpty();

        var uncommitted = new TestNode(Cast.machine(1), Cast.BASE);
        uncommitted.prepare(refresh, ME).writeTo(uncommitted);
        var change = uncommitted.receive(refresh, of(Verb.PREPARED, 2, 3)).transition().orElseThrow().change();
        assertThat(Cast.machine(1).refuse(change.record().in(State.PENDING))).isEmpty();
    }

    @Test
    void asksEverybodyReachableBeforeItRefusesOnADeadline() throws Refused, TestNode.LostRace {
        pending();
        var record = node.record(refresh).orElseThrow();
        var everybody = Set.of(Cast.id(1), Cast.id(2), Cast.id(3));

        assertThat(node.machine.toAsk(record, everybody, Set.of(Cast.id(2)))).containsExactly(Cast.id(3));
        assertThat(node.machine.refuseOnDeadline(record, everybody, Set.of(Cast.id(2)))).isEmpty();
        assertThat(node.machine.refuseOnDeadline(record, everybody, Set.of(Cast.id(2), Cast.id(3))))
                .isPresent();
        assertThat(node.machine.refuseOnDeadline(record, Set.of(), Set.of())).isPresent();
    }

    @Test
    void preparesNothingWhileAnotherRecordOfTheKeyIsOpen() throws Refused, TestNode.LostRace {
        pending();
        var second = Cast.operation(2, 9, Cast.BASE, refresh.participants());

        assertThatThrownBy(() -> node.prepare(second, ME))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_2))
                .satisfies(refused ->
                        assertThat(refused).hasMessageContaining(refresh.opId() + ", PENDING"));
    }

    @Test
    void preparesNothingOnAForeignBase() {
        node.active = Cast.share(77);

        assertThatThrownBy(() -> node.prepare(refresh, ME))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_3));
    }

    @Test
    void dropsWhatIsNotAuthenticAndStoresNoneOfIt() throws Refused, TestNode.LostRace, DecodingException {
        committed();
        var bytes = Cast.statement(Verb.REFUSED, refresh, 2).encode();
        bytes[bytes.length - 1] ^= 1;
        var forged = Statement.decode(bytes);

        var reception = node.receive(refresh, List.of(forged));

        assertThat(reception.dropped())
                .containsExactly(new Reception.Dropped(forged, Reception.Reason.NOT_AUTHENTIC));
        assertThat(reception.transition()).isEmpty();
    }

    @Test
    void dropsStatementsAboutAnotherResult() throws Refused, TestNode.LostRace {
        pending();
        var other = new Operation(
                refresh.protocolId(),
                refresh.opId(),
                refresh.keyId(),
                refresh.baseShareId(),
                refresh.newEpoch(),
                refresh.newShareId(),
                refresh.participants(),
                Cast.name("other K", 1));
        var statement = Cast.statement(Verb.PREPARED, other, 2);

        var reception = node.receive(refresh, List.of(statement, Cast.statement(Verb.PREPARED, refresh, 3)));

        assertThat(reception.dropped())
                .containsExactly(new Reception.Dropped(statement, Reception.Reason.ANOTHER_OPERATION));
        assertThat(reception.transition().orElseThrow().change()).isInstanceOf(Change.Keep.class);
    }

    @Test
    void saysAgainAfterARestartWhatItsStateSays() throws Refused, TestNode.LostRace {
        committed();

        var again = node.machine.resume(node.record(refresh).orElseThrow());

        assertThat(again.statements()).containsExactly(Cast.statement(Verb.COMMITTED, refresh, 1));
        assertThat(again.certificate()).isPresent();
    }

    @Test
    void reportsEveryStatementItHolds() throws Refused, TestNode.LostRace, DecodingException {
        committed();
        hear(of(Verb.COMMITTED, 3));

        var status = StatusReport.decode(
                node.machine.status(node.record(refresh).orElseThrow()).encode());

        assertThat(status.opId()).isEqualTo(refresh.opId());
        assertThat(status.statements())
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                Cast.everyPrepared(refresh), of(Verb.COMMITTED, 1, 3))
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void doesNotDeclareItselfOrAStrangerDead() throws Refused, TestNode.LostRace {
        pending();
        var record = node.record(refresh).orElseThrow();

        assertThatThrownBy(() -> node.machine.declareDead(record, Set.of(Cast.id(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.machine.declareDead(record, Set.of(Cast.id(7))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsWhoIsDeadInTheRecord() throws Refused, TestNode.LostRace {
        pending();
        dead(3);

        assertThat(node.record(refresh).orElseThrow().dead()).containsExactly(Cast.id(3));
        assertThat(node.machine.declareDead(node.record(refresh).orElseThrow(), Set.of(Cast.id(3))))
                .isEmpty();
    }

    @Test
    void handsOutAGeneratedKeyOnlyWhenClean() throws Refused, TestNode.LostRace {
        var keygen = Cast.keygen(3);
        var fresh = new TestNode(Cast.machine(1), Octets.EMPTY);
        fresh.prepare(keygen, ME).writeTo(fresh);
        assertThat(fresh.record(keygen).orElseThrow().isUsable()).isFalse();

        fresh.hear(keygen, Cast.everyPrepared(keygen));
        assertThat(fresh.active).isEqualTo(keygen.newShareId());
        assertThat(fresh.record(keygen).orElseThrow().isUsable()).isFalse();

        fresh.hear(keygen, List.of(
                Cast.statement(Verb.COMMITTED, keygen, 2), Cast.statement(Verb.COMMITTED, keygen, 3)));
        assertThat(fresh.state(keygen)).isEqualTo(State.CLEAN);
        assertThat(fresh.record(keygen).orElseThrow().isUsable()).isTrue();
    }

    @Test
    void leavesNothingOfAKeyGenerationThatIsReverted() throws Refused, TestNode.LostRace {
        var keygen = Cast.keygen(3);
        var fresh = new TestNode(Cast.machine(1), Octets.EMPTY);
        fresh.prepare(keygen, ME).writeTo(fresh);
        fresh.hear(keygen, Cast.everyPrepared(keygen));

        fresh.hear(keygen, List.of(
                Cast.statement(Verb.REFUSED, keygen, 2), Cast.statement(Verb.REFUSED, keygen, 3)));

        assertThat(fresh.state(keygen)).isEqualTo(State.REVERTED);
        assertThat(fresh.active).isEqualTo(Octets.EMPTY);
        assertThat(fresh.record(keygen).orElseThrow().isUsable()).isFalse();
    }

    @Test
    void restoresARecordFromItsSnapshot() throws Refused, TestNode.LostRace, DecodingException {
        frozen();
        dead(2);
        var record = node.record(refresh).orElseThrow();

        assertThat(OperationRecord.restore(record.snapshot())).isEqualTo(record);
    }

    @Test
    void refusesASnapshotThatIsNone() throws Refused, TestNode.LostRace {
        pending();
        var good = node.record(refresh).orElseThrow().snapshot();

        assertThatThrownBy(() -> OperationRecord.restore(new OperationRecord.Snapshot(
                        "NOWHERE", good.own(), 1, 1, List.of(), good.statements())))
                .isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> OperationRecord.restore(new OperationRecord.Snapshot(
                        "PENDING", List.of(), 1, 1, List.of(), good.statements())))
                .isInstanceOf(DecodingException.class);
    }

    @Test
    void prefersTheEndToTheFreezeWhenALiarSaysBoth() throws Refused, TestNode.LostRace {
        committed();
        var both = new ArrayList<>(of(Verb.COMMITTED, 2, 3));
        both.addAll(of(Verb.REFUSED, 3));

        assertThat(hear(both)).containsExactly(Verb.CLEAN);
    }

    @Test
    void givesTheOpenRecordInBusy() throws Refused, TestNode.LostRace {
        pending();
        var open = node.record(refresh);

        assertThat(Admission.decide(Cast.name("request", 1), Optional.empty(), open, Optional.empty()))
                .isEqualTo(new Admission.Busy(refresh.opId(), Optional.of(State.PENDING)));
    }
}
