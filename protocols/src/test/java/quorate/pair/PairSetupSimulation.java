package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Groups;
import quorate.rounds.Check;
import quorate.rounds.Operation;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;

/** PAIRSETUP in real sessions: agreement, signed broadcasts, hedged randomness, a bad network. */
class PairSetupSimulation {
    private static final long GENERATION = 3;
    private static final int ECDSA = 1;

    private static Simulation<PairState> pairSetup(long currentOfParty2) {
        return Simulation.<PairState>signing(
                        Operation.PAIR_SETUP,
                        3,
                        2,
                        Set.of(2, 3),
                        (party, draw, secrets) -> agreement -> PairSetup.start(
                                agreement,
                                GENERATION,
                                party == 2 ? currentOfParty2 : PairSetup.NONE,
                                draw,
                                secrets))
                .proposing(draft -> draft.group(Groups.P256, ECDSA)
                        .params(PairSetup.params(GENERATION).getFirst()));
    }

    @Test
    void bothEndWithOneState() {
        for (long seed = 1; seed <= 2; seed++) {
            var results = pairSetup(2).seed(seed).reorder().run().allFinish();
            PairStates.assertMatch(results.firstEntry().getValue(), results.lastEntry().getValue());
            PairStates.assertMatch(results.lastEntry().getValue(), results.firstEntry().getValue());
        }
    }

    @Test
    void isForExactlyTwoParties() {
        pairSetup(2).proposing(2, draft -> draft.parties(Set.of(1, 2, 3))).run().parties(2).refuses(Check.COM_5);
    }

    @Test
    void tellsTheOtherPartyThatTheGenerationIsNotNewer() {
        var run = pairSetup(GENERATION).run();
        run.parties(2).refuses(Check.PAIR_3);
        run.parties(3).isTold(Check.Verdict.REFUSE);
    }

    @Test
    void namesTheParameterWhenTheGenerationsDiffer() {
        pairSetup(2)
                .proposing(2, draft -> draft.params(PairSetup.params(4).getFirst()))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6)
                .says("params");
    }

    @Test
    void namesThePartyWithABadPointInItsInvitation() {
        pairSetup(2)
                .whenever(3, BoundInvitation.class, said -> {
                    var bad = said.invitation().message().clone();
                    bad[BaseOt.at(100, 1)] = 0;
                    var invitation = new PairInvitation(said.invitation().zeroSeed(), bad);
                    return new BoundInvitation(said.echo(), invitation);
                })
                .run()
                .everyHonestParty()
                .blames(Check.PAIR_1, 3);
    }

    @Test
    void namesThePartyWithABadPointInItsAnswer() {
        pairSetup(2)
                .whenever(3, PairAnswer.class, said -> {
                    var bad = said.message().clone();
                    bad[BaseOt.at(100, 1)] = 0;
                    return new PairAnswer(bad);
                })
                .run()
                .everyHonestParty()
                .blames(Check.PAIR_1, 3);
    }

    @Test
    void blamesNobodyForAnotherSetup() {
        pairSetup(2)
                .whenever(3, SetupEcho.class, said -> new SetupEcho(new byte[32]))
                .run()
                .everyHonestParty()
                .fails(Check.PAIR_2);
    }

    @Test
    void blamesNobodyForAnotherDigest() {
        pairSetup(2)
                .whenever(3, BoundInvitation.class, said -> new BoundInvitation(new byte[32], said.invitation()))
                .run()
                .everyHonestParty()
                .fails(Check.DKG_6);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesTwoStatesOrHangs(Fault fault) {
        int frames = 10; // AGREE and four rounds, of two parties
        for (int frame = 1; frame <= frames; frame += 3) {
            var results = pairSetup(2).with(fault, frame).run().results();
            assertThat(results.values().stream().map(PairState::name).map(PairName::setup).distinct())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
