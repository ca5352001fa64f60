package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Operation;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/** PAIRSETUP between parties 1 and 3: what it makes, and each of its checks, broken exactly there by party 3. */
class PairSetupAdversaryTest {
    private static final long GENERATION = 5;
    private static final Set<Integer> PAIR = Set.of(1, 3);

    private final Secrets scope = new Secrets();
    private final Sharing sharing = Keys.random(Groups.SECP256K1, Scheme.ECDSA, 3, 1, "pair", scope)
            .firstEntry()
            .getValue()
            .sharing();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void bothEndWithTheSameStateOfTheNewGeneration() {
        var outcome = table().run();

        var one = outcome.of(1);
        var three = outcome.of(3);
        assertThat(one.setup()).isEqualTo(three.setup()).hasSize(32);
        assertThat(one.generation()).isEqualTo(three.generation()).isEqualTo(GENERATION);
        assertThat(one.name().setup()).isEqualTo(three.name().setup());
        assertThat(one.zeroSeed()).isEqualTo(three.zeroSeed());
        assertThat(List.of(one.me(), one.peer(), three.me(), three.peer())).containsExactly(1, 3, 3, 1);
        PairStates.assertMatch(one, three);
        PairStates.assertMatch(three, one);
    }

    @Test
    void anotherGenerationOfTheSameRandomnessIsAnotherState() {
        var other = RoundTable.of(agreements(), a -> PairSetup.start(
                        a, GENERATION + 1, PairSetup.NONE, new KatDraw("honest/" + a.me()), scope))
                .run();
        assertThat(other.of(1).setup()).isNotEqualTo(table().run().of(1).setup());
        assertThat(other.of(1).zeroSeed()).isNotEqualTo(table().run().of(1).zeroSeed());
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "5, 6", "0, 0", "-1, -1", "-9223372036854775808, 3"})
    void refusesAGenerationThatIsNotNewer(long generation, long current) {
        var outcome = RoundTable.of(agreements(), a -> PairSetup.start(
                        a, generation, a.me() == 1 ? current : PairSetup.NONE, new KatDraw("honest/" + a.me()), scope))
                .run();
        outcome.refuses(1, Check.PAIR_3).hasNoResult(3);
    }

    @Test
    void endsWithoutBlameInAnotherContext() {
        var agreements = new ArrayList<>(agreements());
        agreements.set(1, Agreements.with(agreements.get(1), new byte[32]));
        table(agreements).run().disagrees(1, Check.COM_4).disagrees(3, Check.COM_4);
    }

    @Test
    void endsWithoutBlameWhenTheDigestOfRoundOneDiffers() {
        table().whenever(3, BoundInvitation.class, said -> new BoundInvitation(new byte[32], said.invitation()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1)
                .hasNoResult(3);
    }

    /** What D1 and the two setups are made of arrives changed. */
    @Test
    void endsWithoutBlameWhenRoundOneArrivesChanged() {
        table().towards(3, 1, PairNonce.class, said -> new PairNonce(said.ctx(), new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1)
                .disagreesOnEcho(3, Check.DKG_6, 1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "77, 1", "127, 1"})
    void blamesForABadPointInAnInvitation(int c, int b) {
        table().bytes(3, 1, 2, false, payload -> broken(payload, 64 + BaseOt.at(c, b)))
                .run()
                .blames(1, Check.PAIR_1, 3)
                .hasNoResult(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "77, 1", "127, 1"})
    void blamesForABadPointInAnAnswer(int c, int b) {
        table().bytes(3, 1, 3, false, payload -> broken(payload, BaseOt.at(c, b)))
                .run()
                .blames(1, Check.PAIR_1, 3)
                .hasNoResult(3);
    }

    @Test
    void endsWithoutBlameWhenTheSetupIsNotMine() {
        table().whenever(3, SetupEcho.class, said -> new SetupEcho(new byte[32]))
                .run()
                .disagrees(1, Check.PAIR_2);
    }

    /** Every byte of what was said privately is in the setup: zseed, and points exchanged for other valid ones. */
    @ParameterizedTest
    @CsvSource({"2, 32", "2, 64", "3, 0"})
    void endsWithoutBlameWhenWhatWasSaidArrivesChanged(int round, int at) {
        var point = Groups.P256.generator().encode();
        var outcome = table().bytes(3, 1, round, false, payload -> {
                    System.arraycopy(point, 0, payload, at, at == 32 ? 32 : point.length);
                    return payload;
                })
                .run();
        outcome.disagrees(1, Check.PAIR_2).disagrees(3, Check.PAIR_2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void blamesForAPayloadOfWrongLength(int round) {
        for (int change : new int[] {-1, 1}) {
            table().bytes(3, 1, round, round == 1, payload -> Arrays.copyOf(payload, payload.length + change))
                    .run()
                    .blames(1, Check.COM_3, 3);
            table().bytes(3, 1, round, round == 1, payload -> new byte[0]).run().blames(1, Check.COM_3, 3);
        }
    }

    @Test
    void isForTwoPartiesOfAnEcdsaKey() {
        var three = Agreements.of(Operation.PAIR_SETUP, sharing, Set.of(1, 2, 3), PairSetup.params(1));
        assertThatThrownBy(() -> PairSetup.start(three.getFirst(), 1, PairSetup.NONE, new KatDraw("x"), scope))
                .isInstanceOf(IllegalArgumentException.class);
        var schnorr = Keys.random(Groups.SECP256K1, Scheme.SCHNORR, 3, 1, "pair", scope)
                .firstEntry()
                .getValue()
                .sharing();
        var two = Agreements.of(Operation.PAIR_SETUP, schnorr, PAIR, PairSetup.params(1));
        assertThatThrownBy(() -> PairSetup.start(two.getFirst(), 1, PairSetup.NONE, new KatDraw("x"), scope))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] broken(byte[] payload, int at) {
        payload[at] = 7;
        return payload;
    }

    private RoundTable<PairState> table() {
        return table(agreements());
    }

    private RoundTable<PairState> table(List<Agreement> agreements) {
        return RoundTable.of(
                agreements,
                a -> PairSetup.start(a, GENERATION, GENERATION - 1, new KatDraw("honest/" + a.me()), scope));
    }

    private List<Agreement> agreements() {
        return Agreements.of(Operation.PAIR_SETUP, sharing, PAIR, PairSetup.params(GENERATION));
    }
}
