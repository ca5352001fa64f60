package quorate.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** TPC-5 of protocols.md: CLEAN proofs and adoption records against a sharing of player 1, 2-of-4. */
class StandingTest {
    private static final Set<Octets> PARTIES = Set.of(Cast.id(1), Cast.id(2), Cast.id(3), Cast.id(4));
    private static final Octets REQUEST = Cast.name("adopt request", 1);

    private final Operation refresh = Cast.refresh(4);

    private Standing standing(Statement... statements) {
        return Cast.machine(1).standing(Cast.BASE, PARTIES, 1, List.of(statements), List.of());
    }

    private Statement clean(int party) {
        return Cast.statement(Verb.CLEAN, refresh, party);
    }

    @Test
    void isStaleWhenMoreOthersAreCleanThanMayBeCorrupt() {
        var standing = standing(clean(2), clean(4));

        assertThat(standing)
                .asInstanceOf(InstanceOfAssertFactories.type(Standing.Stale.class))
                .satisfies(stale -> assertThat(stale.proof()).containsExactlyInAnyOrder(clean(2), clean(4)))
                .satisfies(stale -> assertThat(stale.refusal().check()).isEqualTo(Check.TPC_5))
                .satisfies(stale -> assertThat(stale.refusal()).hasMessageContaining("epoch 1"));
    }

    @Test
    void isMaybeStaleWithFewer() {
        assertThat(standing(clean(3))).isEqualTo(new Standing.MaybeStale(List.of(clean(3))));
    }

    @Test
    void isMaybeStaleWhenOneSaysItTwice() {
        assertThat(standing(clean(3), clean(3))).isInstanceOf(Standing.MaybeStale.class);
    }

    @Test
    void isNotMovedByACertificate() {
        assertThat(standing(Cast.everyPrepared(refresh).toArray(Statement[]::new)))
                .isEqualTo(new Standing.Current());
    }

    @Test
    void doesNotCountItsOwnStatement() {
        assertThat(standing(clean(1), clean(2))).isInstanceOf(Standing.MaybeStale.class);
    }

    @Test
    void doesNotCountPlayersOutsideTheKey() {
        var crafted = Cast.operation(2, 5, Cast.BASE, Cast.committee(0, 6, 7, 8));

        assertThat(standing(Cast.statement(Verb.CLEAN, crafted, 1), Cast.statement(Verb.CLEAN, crafted, 2)))
                .isEqualTo(new Standing.Current());
    }

    @Test
    void doesNotAddUpDifferentOperations() {
        var other = Cast.operation(2, 5, Cast.BASE, refresh.participants());

        assertThat(standing(clean(2), Cast.statement(Verb.CLEAN, other, 3)))
                .isInstanceOf(Standing.MaybeStale.class);
    }

    @Test
    void ignoresOperationsOnAnotherBase() {
        var other = Cast.operation(2, 5, Cast.share(9), refresh.participants());

        assertThat(standing(Cast.statement(Verb.CLEAN, other, 2), Cast.statement(Verb.CLEAN, other, 3)))
                .isEqualTo(new Standing.Current());
    }

    @Test
    void ignoresForgeries() {
        var forged = Statement.sign(
                Verb.CLEAN, new Subject(refresh, SetupVector.NONE, new Seat(0, 2)), Cast.signer(3));

        assertThat(standing(forged, clean(3))).isInstanceOf(Standing.MaybeStale.class);
    }

    private static Adoption approval(int party, Octets shareId, Octets abandoned) {
        return Adoption.sign(Cast.KEY_ID, shareId, List.of(abandoned), REQUEST, party, Cast.signer(party));
    }

    private static AdoptionRecord adoption(Octets shareId, Octets abandoned, int... parties) throws Refused {
        var keys = new TreeMap<Integer, byte[]>();
        for (int party = 1; party <= 4; party++) {
            keys.put(party, Cast.keys().of(Cast.id(party)).orElseThrow());
        }
        var approvals = java.util.Arrays.stream(parties)
                .mapToObj(party -> approval(party, shareId, abandoned))
                .toList();
        return AdoptionRecord.check(approvals, keys, 1, Cast.VERIFIER);
    }

    @Test
    void isAbandonedByAnAdoption() throws Refused {
        var adoption = adoption(Cast.share(9), Cast.BASE, 2, 3);

        var standing = Cast.machine(1).standing(Cast.BASE, PARTIES, 1, List.of(), List.of(adoption));

        assertThat(standing)
                .asInstanceOf(InstanceOfAssertFactories.type(Standing.Abandoned.class))
                .satisfies(abandoned -> assertThat(abandoned.refusal().check()).isEqualTo(Check.TPC_5));
    }

    @Test
    void isCurrentAgainWhenItWasAdopted() throws Refused {
        var adoption = adoption(Cast.BASE, refresh.newShareId(), 1, 2);

        var standing =
                Cast.machine(1).standing(Cast.BASE, PARTIES, 1, List.of(clean(3), clean(4)), List.of(adoption));

        assertThat(standing).isEqualTo(new Standing.Current());
    }

    private static void assertNoAdoption(List<Adoption> approvals, String reason) {
        Map<Integer, byte[]> keys = Map.of(
                1, Cast.keys().of(Cast.id(1)).orElseThrow(), 2, Cast.keys().of(Cast.id(2)).orElseThrow());
        assertThatThrownBy(() -> AdoptionRecord.check(approvals, keys, 1, Cast.VERIFIER))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.TPC_5))
                .satisfies(refused -> assertThat(refused).hasMessageContaining(reason));
    }

    @Test
    void needsAThresholdOfApprovals() {
        var one = approval(1, Cast.BASE, Cast.share(1));

        assertNoAdoption(List.of(one), "1 parties approved, 2 needed");
        assertNoAdoption(List.of(one, one), "1 parties approved, 2 needed");
        assertNoAdoption(List.of(), "0 parties approved, 2 needed");
    }

    @Test
    void needsApprovalsOfTheSameThing() {
        assertNoAdoption(
                List.of(approval(1, Cast.BASE, Cast.share(1)), approval(2, Cast.BASE, Cast.share(2))),
                "party 2 approved something else");
    }

    @Test
    void needsApprovalsOfPartiesOfTheKey() {
        assertNoAdoption(
                List.of(approval(1, Cast.BASE, Cast.share(1)), approval(3, Cast.BASE, Cast.share(1))),
                "approval of party 3 not valid");
    }

    @Test
    void needsValidSignatures() {
        var forged = Adoption.sign(
                Cast.KEY_ID, Cast.BASE, List.of(Cast.share(1)), REQUEST, 2, Cast.signer(3));

        assertNoAdoption(List.of(approval(1, Cast.BASE, Cast.share(1)), forged), "approval of party 2 not valid");
    }

    @Test
    void readsAnApprovalFromItsBytes() throws DecodingException {
        var approval = Adoption.sign(
                Cast.KEY_ID, Cast.BASE, List.of(Cast.share(2), Cast.share(1)), REQUEST, 3, Cast.signer(3));

        assertThat(Adoption.decode(approval.encode())).isEqualTo(approval);
        assertThat(approval.isAuthentic(Cast.keys().of(Cast.id(3)).orElseThrow(), Cast.VERIFIER)).isTrue();
    }

    @Test
    void closesAnOpenRecordAndGoesBack() throws Refused, TestNode.LostRace {
        var operation = Cast.refresh(3);
        var node = new TestNode(Cast.machine(1), Cast.BASE);
        node.prepare(operation, new Seat(0, 1)).writeTo(node);
        node.hear(operation, Cast.everyPrepared(operation));
        var adoption = adoption(Cast.BASE, operation.newShareId(), 1, 2);

        var ending = node.machine.adopt(node.record(operation).orElseThrow(), adoption).orElseThrow();

        assertThat(ending.writeTo(node).statements()).containsExactly(Cast.statement(Verb.FROZEN, operation, 1));
        assertThat(node.state(operation)).isEqualTo(State.REVERTED);
        assertThat(node.active).isEqualTo(Cast.BASE);
        assertThat(node.machine.adopt(node.record(operation).orElseThrow(), adoption)).isEmpty();
    }

    @Test
    void closesARecordWithoutAVoiceInSilence() throws Refused, TestNode.LostRace {
        var operation = Cast.refresh(3);
        var node = new TestNode(Cast.machine(1), Cast.BASE);
        node.prepare(operation, new Seat(0, 1)).writeTo(node);
        node.machine = Cast.restoredMachine(1);
        var adoption = adoption(Cast.BASE, operation.newShareId(), 1, 2);

        var ending = node.machine.adopt(node.record(operation).orElseThrow(), adoption).orElseThrow();

        assertThat(ending.writeTo(node).isSilent()).isTrue();
        assertThat(node.state(operation)).isEqualTo(State.REVERTED);
    }
}
