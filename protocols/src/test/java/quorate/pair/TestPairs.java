package quorate.pair;

import java.util.Arrays;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/** Pair states dealt by the test itself: consistent base OTs without running them. */
public final class TestPairs {
    private TestPairs() {}

    /** Both halves of one direction of base OTs. */
    public record Correlation(SenderSeeds bob, ReceiverSeeds alice) {
        /** The same order as the stream {@code rvole-*} of the known answers: 128 x (seed_0, seed_1), Delta. */
        public static Correlation draw(Draw draw, Secrets scope) {
            var zero = new byte[BaseOt.SEEDS_BYTES];
            var one = new byte[BaseOt.SEEDS_BYTES];
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                put(draw, zero, c);
                put(draw, one, c);
            }
            return of(zero, one, draw.draw(Draw.For.BOT, Draw.name("Delta"), 16), scope);
        }

        public static Correlation of(byte[] zero, byte[] one, byte[] delta, Secrets scope) {
            var chosen = new byte[BaseOt.SEEDS_BYTES];
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                boolean bit = (delta[c >> 3] >> (c & 7) & 1) != 0;
                System.arraycopy(bit ? one : zero, 32 * c, chosen, 32 * c, 32);
            }
            return new Correlation(
                    new SenderSeeds(zero, one, scope), new ReceiverSeeds(delta, chosen, scope));
        }

        private static void put(Draw draw, byte[] seeds, int c) {
            System.arraycopy(draw.draw(Draw.For.BOT, Draw.name("seed", c), 32), 0, seeds, 32 * c, 32);
        }
    }

    /** What two parties hold of one another. */
    public record Pair(PairState low, PairState high) {}

    /** The states of parties {@code low} and {@code high}, the same for the same draws. */
    public static Pair pair(int low, int high, Draw draw, Secrets scope) {
        var bobLow = Correlation.draw(draw, scope);
        var bobHigh = Correlation.draw(draw, scope);
        var zeroSeed = draw.draw(Draw.For.BOT, Draw.name("zseed"), 32);
        var setup = Transcript.of("test/setup").add(zeroSeed).hash();
        return new Pair(
                new PairState(low, high, 0, setup, bobLow.bob(), bobHigh.alice(), keep(zeroSeed, scope), scope),
                new PairState(high, low, 0, setup, bobHigh.bob(), bobLow.alice(), keep(zeroSeed, scope), scope));
    }

    private static byte[] keep(byte[] seed, Secrets scope) {
        return scope.keep(Arrays.copyOf(seed, seed.length));
    }
}
