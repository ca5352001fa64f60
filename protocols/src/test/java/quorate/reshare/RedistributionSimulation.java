package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.commit.Seat;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.SecretPoint;
import quorate.key.Scheme;
import quorate.pair.PairAnswer;
import quorate.pair.PairStates;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Offer;
import quorate.table.FrameEdit;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Run;
import quorate.testkit.simulation.Simulation;

/**
 * Redistribution in real sessions. Where nothing else is said: from dealers 1 and 3 of 2-of-3, with 2 as observer, to 2-of-3
 * on nodes 2, 3 and 4: party 1 leaves, 2 and 3 are in both committees, node 4 joins.
 */
class RedistributionSimulation {
    private static final List<Integer> NEW_NODES = List.of(2, 3, 4);

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    private Handover handover(Scheme scheme, boolean copy) {
        var group = scheme == Scheme.ECDSA ? Groups.SECP256K1 : Groups.ED25519;
        return Handover.random(group, scheme, 3, 1, Set.of(1, 3), 3, 1, copy, scope);
    }

    private static Simulation<Handover.Result> simulation(Handover handover) {
        return simulation(handover, NEW_NODES);
    }

    private static Simulation<Handover.Result> simulation(Handover handover, List<Integer> newNodes) {
        var old = handover.old();
        Set<Integer> parties = handover.plan.isCopy() ? handover.plan.dealers() : handover.shares.keySet();
        return Simulation.<Handover.Result>redistribution(
                        handover.plan.operation(),
                        old.players(),
                        old.threshold(),
                        parties,
                        newNodes,
                        (party, draw, secrets) -> agreement ->
                                handover.start(agreement, draw, secrets))
                .proposing(draft -> {
                    handover.knows(draft.nodes());
                    draft.group(old.group(), old.scheme().code())
                            .sharing(old.epoch(), old.shareId(), old.publicKey().encode())
                            .params(handover.plan.params().toArray(byte[][]::new));
                });
    }

    @Test
    void everybodyGetsTheSameSharingInWhateverOrderMessagesArrive() {
        for (long seed = 1; seed <= 10; seed++) {
            assertSame(simulation(handover(Scheme.SCHNORR, false)).seed(seed).run().allFinish());
            assertSame(simulation(handover(Scheme.SCHNORR, true)).seed(seed).run().allFinish());
            assertSame(simulation(handover(Scheme.SCHNORR, false))
                    .seed(seed)
                    .reorder()
                    .abortsOvertake()
                    .run()
                    .allFinish());
        }
    }

    @Test
    void aNodeInBothCommitteesHasTwoSeatsInTheCommit() {
        var results = simulation(handover(Scheme.SCHNORR, false)).run().allFinish();

        var operation = of(results, 1).made().operation();
        assertThat(operation.participants())
                .extracting(participant -> participant.seat())
                .containsExactly(
                        new Seat(0, 1), new Seat(0, 2), new Seat(0, 3), new Seat(1, 1), new Seat(1, 2), new Seat(1, 3));
        var node2 = operation.participants().get(1).id();
        assertThat(operation.seatsOf(node2)).containsExactly(new Seat(0, 2), new Seat(1, 1));
        assertThat(operation.newEpoch()).isEqualTo(1);
        assertThat(operation.keyId()).isEqualTo(Octets.of(of(results, 1).made().sharing().keyId()));
    }

    /** One that is declared dead on every participant is left out. */
    @Test
    void goesOnWithoutADeadObserver() {
        var handover = handover(Scheme.SCHNORR, false);
        var old = handover.old();
        var results = Simulation.<Handover.Result>redistribution(
                        handover.plan.operation(),
                        3,
                        2,
                        Set.of(1, 3),
                        NEW_NODES,
                        (party, draw, secrets) -> agreement ->
                                handover.start(agreement, draw, secrets))
                .proposing(draft -> {
                    handover.knows(draft.nodes());
                    draft.group(old.group(), old.scheme().code())
                            .sharing(0, old.shareId(), old.publicKey().encode())
                            .params(handover.plan.params().toArray(byte[][]::new));
                })
                .run()
                .allFinish();
        assertSame(results);
    }

    @Test
    void everyNewPairOfAnEcdsaKeyEndsWithAState() {
        var results = simulation(handover(Scheme.ECDSA, false)).reorder().run().allFinish();
        assertSame(results);
        for (int i = 1; i <= 3; i++) {
            for (int j = 1; j <= 3; j++) {
                if (i != j) {
                    var state = Objects.requireNonNull(taken(results, i).pairs().get(j));
                    var other = Objects.requireNonNull(taken(results, j).pairs().get(i));
                    assertThat(state.generation()).isZero();
                    assertThat(taken(results, i).setups().setups().get(j)).isEqualTo(Octets.of(other.setup()));
                    PairStates.assertMatch(state, other);
                }
            }
        }
    }

    @Test
    void givesTheNewMembersTheAttributesOfTheKey() {
        var results = simulation(handover(Scheme.SCHNORR, true)).run().allFinish();
        var result = (Handover.Result.Taken) of(results, Entry.address(1, 2));
        assertThat(result.received().record().attributes()).isEqualTo(Handover.ATTRIBUTES);
    }

    /** RSH-1, also when it is only an observer who is stale. */
    @Test
    void saysWhoHasWhichSharingWhenAnOldPartyIsStale() {
        var other = new Offer(7, Transcript.of("test/other").hash());
        simulation(handover(Scheme.SCHNORR, false))
                .proposing(2, draft -> draft.offers(other))
                .run()
                .everyHonestParty()
                .fails(Check.RSH_1)
                .says("no common sharing", "epoch 7", "at party 2");
    }

    @Test
    void refusesCommitteesThatCannotBe() {
        // Party 1 of the new committee is missing; two new parties are one node.
        var gap = simulation(handover(Scheme.SCHNORR, false)).proposing(draft -> {
            var participants = draft.participants();
            participants.removeIf(entry -> entry.role() == 1 && entry.index() == 1);
            draft.participants(participants);
        });
        gap.run().parties(1, 2, 3).refuses(Check.COM_5);
        simulation(handover(Scheme.SCHNORR, false), List.of(2, 4, 4)).run().everyHonestParty().refuses(Check.COM_5);
    }

    @Test
    void namesTheDealerThatSendsAWrongPoint() {
        var run = simulation(handover(Scheme.SCHNORR, false))
                .whenever(3, SecretPoint.class, point -> new SecretPoint(point.value().plus(Groups.ED25519.scalar(1))))
                .run();
        run.parties(Entry.address(1, 1), Entry.address(1, 2), Entry.address(1, 3)).blames(Check.DKG_5, 3);
        assertThat(run.results()).isEmpty();
    }

    @Test
    void namesTheDealerThatEquivocatesInRoundOne() {
        for (int fooled : new int[] {1, Entry.address(1, 2)}) {
            var run = equivocating(fooled);
            run.parties(1, 2, Entry.address(1, 1), Entry.address(1, 2), Entry.address(1, 3)).blames(Check.COM_8, 3);
            assertThat(run.results()).isEmpty();
        }
    }

    /** It says nothing in the session, so the others finish; but it has no result to commit to, and refuses. */
    @Test
    void anObserverThatWasToldSomethingElseHasNoResult() {
        equivocating(2).parties(2).fails(Check.DKG_6);
    }

    private Run<Handover.Result> equivocating(int fooled) {
        return simulation(handover(Scheme.SCHNORR, false))
                .whenever(3, Announcement.class, (recipient, a) ->
                        recipient == fooled ? new Announcement(a.ctx(), new byte[32], a.commitment()) : a)
                .run();
    }

    @Test
    void namesTheReceiverThatEquivocatesInRoundOne() {
        int liar = Entry.address(1, 3);
        var run = simulation(handover(Scheme.SCHNORR, false))
                .whenever(liar, Greeting.class, (recipient, g) ->
                        recipient == 1 ? new Greeting(g.ctx(), new byte[32]) : g)
                .run();
        run.parties(1, 2, 3, Entry.address(1, 1), Entry.address(1, 2)).blames(Check.COM_8, liar);
        assertThat(run.results()).isEmpty();
    }

    @Test
    void namesEveryReceiverWithABadPointOfItsPair() {
        int liar = Entry.address(1, 3);
        var handover = handover(Scheme.ECDSA, false);
        simulation(handover)
                .tampering(liar, new FrameEdit(2, 32))
                .run()
                .parties(Entry.address(1, 1), Entry.address(1, 2))
                .blames(Check.PAIR_1, liar);
        simulation(handover)
                .whenever(liar, PairAnswer.class, answer -> {
                    var message = answer.message().clone();
                    message[0] = 9;
                    return new PairAnswer(message);
                })
                .run()
                .parties(Entry.address(1, 1), Entry.address(1, 2))
                .blames(Check.PAIR_1, liar);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesTwoSharingsOrHangs(Fault fault) {
        int frames = simulation(handover(Scheme.SCHNORR, false)).run().frames();
        for (int frame = 1; frame <= frames; frame += 3) {
            assertSame(simulation(handover(Scheme.SCHNORR, false)).with(fault, frame).run().results());
        }
    }

    private static Handover.Result of(SortedMap<Integer, Handover.Result> results, int party) {
        return Objects.requireNonNull(results.get(party));
    }

    private static NewShare taken(SortedMap<Integer, Handover.Result> results, int index) {
        return ((Handover.Result.Taken) of(results, Entry.address(1, index))).share();
    }

    private static void assertSame(SortedMap<Integer, Handover.Result> results) {
        var digests = new HashSet<Octets>();
        var operations = new HashSet<quorate.commit.Operation>();
        results.values().forEach(result -> {
            digests.add(result.made().confirmation().digest());
            operations.add(result.made().operation());
        });
        assertThat(digests).hasSizeLessThanOrEqualTo(1);
        assertThat(operations).hasSizeLessThanOrEqualTo(1);
    }
}
