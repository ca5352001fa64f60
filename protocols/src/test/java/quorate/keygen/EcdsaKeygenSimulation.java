package quorate.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Groups;
import quorate.commit.Octets;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.SecretPoint;
import quorate.pair.BaseOt;
import quorate.pair.PairAnswer;
import quorate.pair.PairState;
import quorate.pair.PairStates;
import quorate.rounds.Check;
import quorate.table.FrameEdit;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;

/** Key generation for ECDSA in real sessions: on top of the key, a state of every pair. */
class EcdsaKeygenSimulation {
    private static final int ECDSA = 1;
    /** Of BOT1 in round 2, behind s_ij and zseed. */
    private static final int FIRST = 32 + 32;

    private static Simulation<NewShare> keygen(int n, int threshold, int curveId) {
        return Simulation.<NewShare>keygen(
                        n, threshold, (party, draw, secrets) -> agreement -> Keygen.start(agreement, draw, secrets))
                .proposing(draft -> draft.group(Groups.of(curveId), ECDSA));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPairEndsWithOneState(int curveId) {
        var keys = keygen(3, 2, curveId).reorder().run().allFinish();
        assertSameKey(keys);
        for (int i = 1; i <= 3; i++) {
            var key = Objects.requireNonNull(keys.get(i));
            assertThat(key.pairs()).hasSize(2).doesNotContainKey(i);
            assertThat(key.share().sharing().group().curveId()).isEqualTo(curveId);
            for (int j = 1; j <= 3; j++) {
                if (i != j) {
                    var state = pair(keys, i, j);
                    assertThat(state.generation()).isZero();
                    assertThat(state.me()).isEqualTo(i);
                    assertThat(state.peer()).isEqualTo(j);
                    assertThat(key.setups().setups().get(j)).isEqualTo(Octets.of(pair(keys, j, i).setup()));
                    assertThat(state.zeroSeed()).isEqualTo(pair(keys, j, i).zeroSeed());
                    PairStates.assertMatch(state, pair(keys, j, i));
                }
            }
        }
    }

    @Test
    void namesEveryPartyWithABadPointInRoundTwo() {
        keygen(4, 2, 1)
                .tampering(3, new FrameEdit(2, FIRST + 66 * 127))
                .tampering(4, new FrameEdit(2, FIRST))
                .run()
                .parties(1, 2)
                .blames(Check.PAIR_1, 3, 4);
    }

    @Test
    void namesEveryPartyWithABadPointInRoundThree() {
        keygen(4, 2, 1)
                .whenever(3, PairAnswer.class, EcdsaKeygenSimulation::bad)
                .whenever(4, PairAnswer.class, EcdsaKeygenSimulation::bad)
                .run()
                .parties(1, 2)
                .blames(Check.PAIR_1, 3, 4);
    }

    private static PairAnswer bad(PairAnswer answer) {
        var message = answer.message().clone();
        message[message.length - 33] = 0;
        return new PairAnswer(message);
    }

    @Test
    void blamesForASecretPointWithoutAnInvitation() {
        keygen(3, 2, 1)
                .whenever(3, SecretPoint.class, said -> new SecretPoint(said.value()))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, 3);
    }

    @Test
    void blamesForAnAnswerOfWrongLength() {
        keygen(3, 2, 1)
                .whenever(3, PairAnswer.class, said -> new PairAnswer(new byte[BaseOt.MESSAGE_BYTES - 33]))
                .run()
                .everyHonestParty()
                .blames(Check.COM_3, 3);
    }

    /** Before it looks at what the pairs have said. */
    @Test
    void namesThePartyThatSendsAWrongPoint() {
        keygen(3, 2, 1)
                .whenever(3, SecretPoint.class, said ->
                        new SecretPoint(said.value().plus(Groups.SECP256K1.scalar(1)), said.invitation()))
                .run()
                .everyHonestParty()
                .blames(Check.DKG_5, 3);
    }

    @Test
    void comparesTheConfirmationsBeforeItLooksAtTheAnswers() {
        var run = keygen(3, 2, 1)
                .whenever(3, Confirmation.class, said -> new Confirmation(new byte[32]))
                .whenever(3, PairAnswer.class, EcdsaKeygenSimulation::bad)
                .run();
        run.parties(1, 2).fails(Check.DKG_6);
    }

    /** Nobody can see it in this round, but the statements of the commit then contradict each other (TPC-1). */
    @Test
    void twoPartiesWithDifferentStatesNameThemDifferently() {
        var keys = keygen(3, 2, 1)
                .tampering(3, new FrameEdit(3, 0, Groups.P256.generator().encode()))
                .run()
                .results();
        assertThat(pair(keys, 1, 3).setup()).isNotEqualTo(pair(keys, 3, 1).setup());
        assertThat(pair(keys, 1, 2).setup()).isEqualTo(pair(keys, 2, 1).setup());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesTwoKeysOrHangs(Fault fault) {
        // One frame of rounds 2 and 3 each: base OT takes its time, and KeygenSimulation hits every frame.
        assertSameKey(keygen(3, 2, 1).with(fault, 20).run().results());
        assertSameKey(keygen(3, 2, 2).with(fault, 28).run().results());
    }

    private static void assertSameKey(SortedMap<Integer, NewShare> keys) {
        assertThat(keys.values().stream().map(key -> key.confirmation().digest()).distinct())
                .hasSizeLessThanOrEqualTo(1);
    }

    private static PairState pair(SortedMap<Integer, NewShare> keys, int me, int peer) {
        return Objects.requireNonNull(
                Objects.requireNonNull(keys.get(me)).pairs().get(peer));
    }
}
