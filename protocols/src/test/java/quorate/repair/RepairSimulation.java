package quorate.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.table.Keys;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Run;
import quorate.testkit.simulation.Simulation;

/** Repair in real sessions: agreement without an offer of the target, signed broadcasts, a bad network. */
class RepairSimulation {
    private static final int N = 4;
    private static final int DEGREE = 1;
    private static final int TARGET = 2;
    private static final Set<Integer> HELPERS = Set.of(1, 4);

    private final Secrets scope = new Secrets();
    private final SortedMap<Integer, KeyShare> shares =
            Keys.random(Groups.ED25519, Scheme.SCHNORR, N, DEGREE, "simulated", scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    private Simulation<RepairOutcome> repair() {
        return repair(HELPERS);
    }

    private Simulation<RepairOutcome> repair(Set<Integer> helpers) {
        var parties = new TreeSet<>(helpers);
        parties.add(TARGET);
        var sharing = shares.firstEntry().getValue().sharing();
        Map<Integer, List<byte[]>> ids = new HashMap<>();
        return Simulation.<RepairOutcome>signing(
                        Operation.REPAIR,
                        N,
                        DEGREE + 1,
                        parties,
                        (party, draw, secrets) -> agreement -> party == TARGET
                                ? Repair.receive(agreement, TARGET, sharing.publicKey().encode(), secrets)
                                : Repair.help(
                                        agreement,
                                        TARGET,
                                        share(party),
                                        KeyRecord.of(sharing, ids.getOrDefault(0, List.of()), Patient.ATTRIBUTES),
                                        draw,
                                        secrets))
                .proposing(draft -> {
                    ids.put(0, draft.nodes().stream().map(node -> node.id()).toList());
                    draft.group(Groups.ED25519, 2)
                            .keyId("key-1")
                            .params(Repair.params(TARGET).getFirst())
                            .sharing(0, sharing.shareId(), sharing.publicKey().encode());
                })
                .proposing(TARGET, draft -> draft.offers());
    }

    private KeyShare share(int party) {
        var share = shares.get(party);
        if (share == null) {
            throw new IllegalArgumentException("no party " + party);
        }
        return share;
    }

    @Test
    void theTargetGetsItsShareInWhateverOrderMessagesArrive() {
        for (long seed = 1; seed <= 10; seed++) {
            assertRepaired(repair().seed(seed).run());
            assertRepaired(repair(Set.of(3, 4)).seed(seed).reorder().abortsOvertake().run());
        }
    }

    @Test
    void whateverTheTargetOffersIsNotUsed() {
        var stale = new Offer(9, new byte[32]);
        assertRepaired(repair().proposing(TARGET, draft -> draft.offers(stale)).run());
    }

    @Test
    void helpersWithoutACommonSharingCannotHelp() {
        repair().proposing(4, draft -> draft.offers(new Offer(1, new byte[32])))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("no common sharing");
    }

    @Test
    void theNewestSharingThatAllHelpersOfferIsRepaired() {
        var common = new Offer(0, shares.firstEntry().getValue().sharing().shareId());
        assertRepaired(repair().proposing(4, draft -> draft.offers(new Offer(1, new byte[32]), common)).run());
    }

    @Test
    void namesTheParameterWhenTheTargetsDiffer() {
        repair().proposing(4, draft -> draft.params(Repair.params(3).getFirst()))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("params");
    }

    @Test
    void isForExactlyThresholdHelpersAndTheTarget() {
        repair(Set.of(1, 3, 4)).run().parties(1).refuses(Check.COM_5);
    }

    @Test
    void namesTheHelperThatSendsAWrongAddend() {
        var run = repair().whenever(4, Addend.class, addend -> new Addend(addend.value().negate())).run();
        run.parties(1).blames(Check.REP_3, 4);
        assertThat(run.results()).isEmpty();
    }

    @Test
    void namesTheHelperThatSendsAWrongSum() {
        var run = repair().whenever(4, Sum.class, sum -> new Sum(sum.value().negate())).run();
        run.parties(TARGET).blames(Check.REP_4, 4);
    }

    /** The echo shows that somebody lied; the signatures on what was said show who. */
    @Test
    void namesTheHelperThatEquivocatesInRoundOne() {
        var run = repair().whenever(4, Announcement.class, (recipient, said) -> recipient == 1
                        ? new Announcement(said.ctx(), new byte[32], said.commitment())
                        : said)
                .run();
        run.everyHonestParty().blames(Check.COM_8, 4);
        assertThat(run.results()).isEmpty();
    }

    /** The target says nothing that helpers wait for: they are done before it can show them what it was told. */
    @Test
    void theTargetThatAloneWasToldSomethingElseHasNoShare() {
        var run = repair().whenever(4, Announcement.class, (recipient, said) -> recipient == TARGET
                        ? new Announcement(said.ctx(), new byte[32], said.commitment())
                        : said)
                .run();
        run.parties(TARGET).fails(Check.REP_6);
        assertThat(run.results()).doesNotContainKey(TARGET);
    }

    @Test
    void namesTheHelperThatTellsTheTargetAnotherDigest() {
        var run = repair().whenever(4, Confirmation.class, (recipient, said) ->
                        recipient == TARGET ? new Confirmation(new byte[32]) : said)
                .run();
        run.parties(TARGET).fails(Check.REP_6);
        assertThat(run.results()).doesNotContainKey(TARGET);
    }

    /** Whenever a helper dies: the target ends with its share or without, never with another; once sums are out, with it. */
    @Test
    void aHelperMayDieAtAnyMoment() {
        int frames = repair().run().frames();
        int finished = 0;
        for (int frame = 1; frame <= frames; frame++) {
            var run = repair().kill(4, frame).run();
            if (run.results().containsKey(TARGET)) {
                assertIsLost(run.resultOf(TARGET));
                finished++;
            }
        }
        assertThat(finished).isPositive().isLessThan(frames);
        assertRepaired(repair().kill(4, frames + 1).run());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesAnotherShareOrHangs(Fault fault) {
        int frames = repair().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            var results = new ArrayList<>(repair().with(fault, frame).run().results().values());
            results.forEach(this::assertIsLost);
        }
    }

    private void assertRepaired(Run<RepairOutcome> run) {
        run.allFinish();
        assertThat(run.resultOf(TARGET)).isInstanceOf(RepairOutcome.Repaired.class);
        assertIsLost(run.resultOf(TARGET));
    }

    private void assertIsLost(RepairOutcome outcome) {
        if (outcome instanceof RepairOutcome.Repaired(var share, var record)) {
            assertThat(share.index()).isEqualTo(TARGET);
            assertThat(share.secret().exposeFor(Purpose.SEALING))
                    .isEqualTo(share(TARGET).secret().exposeFor(Purpose.SEALING));
        }
    }
}
