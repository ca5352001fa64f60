package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;

/** Pair states for tests. */
public final class PairStates {
    private PairStates() {}

    /** What {@code bob} holds as Bob and {@code alice} as Alice belongs together. */
    public static void assertMatch(PairState bob, PairState alice) {
        for (int c = 0; c < BaseOt.INSTANCES; c++) {
            int bit = alice.asAlice().delta()[c / 8] >> c % 8 & 1;
            var chosen = bit == 0 ? bob.asBob().zero() : bob.asBob().one();
            assertThat(Arrays.copyOfRange(alice.asAlice().chosen(), 32 * c, 32 * c + 32))
                    .isEqualTo(Arrays.copyOfRange(chosen, 32 * c, 32 * c + 32));
        }
        assertThat(bob.asBob().zero()).isNotEqualTo(bob.asBob().one());
    }

    /** A state with random contents that nobody else has. */
    public static PairState random(int me, int peer, long generation, Draw draw, Secrets scope) {
        return new PairState(
                me,
                peer,
                generation,
                bytes(draw, 32),
                new SenderSeeds(bytes(draw, BaseOt.SEEDS_BYTES), bytes(draw, BaseOt.SEEDS_BYTES), scope),
                new ReceiverSeeds(bytes(draw, BaseOt.CHOICES_BYTES), bytes(draw, BaseOt.SEEDS_BYTES), scope),
                scope.keep(bytes(draw, 32)),
                scope);
    }

    /** Such a state with this zs. */
    public static PairState withZeroSeed(int me, int peer, byte[] zeroSeed, Draw draw, Secrets scope) {
        var state = random(me, peer, 0, draw, scope);
        return new PairState(
                me, peer, 0, state.setup(), state.asBob(), state.asAlice(), scope.keep(zeroSeed), scope);
    }

    /** Everything secret of a state, one behind the other. */
    static byte[] secrets(PairState state) {
        return Encoding.concat(
                state.zeroSeed(),
                state.asBob().zero(),
                state.asBob().one(),
                state.asAlice().delta(),
                state.asAlice().chosen());
    }

    private static byte[] bytes(Draw draw, int length) {
        return draw.draw(Draw.For.BOT, new byte[0], length);
    }
}
