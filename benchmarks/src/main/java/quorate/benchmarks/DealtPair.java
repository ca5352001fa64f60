package quorate.benchmarks;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.ecdsa.Verdicts;
import quorate.pair.BaseOt;
import quorate.pair.PairState;
import quorate.pair.ReceiverSeeds;
import quorate.pair.SenderSeeds;
import quorate.rounds.Check;
import quorate.rounds.Guard;

/** Two parties with consistent base OTs that nobody ran, random values from a plain generator, and no bans. */
record DealtPair(PairState low, PairState high) {
    private static final int DELTA_BYTES = BaseOt.INSTANCES / Byte.SIZE;
    private static final int HASH_BYTES = 32;

    static DealtPair deal(int low, int high, SecureRandom random, Secrets scope) {
        var one = Direction.deal(random, scope);
        var other = Direction.deal(random, scope);
        var setup = bytes(random, HASH_BYTES);
        var zeroSeed = scope.keep(bytes(random, HASH_BYTES));
        return new DealtPair(
                new PairState(low, high, 0, setup, one.bob(), other.alice(), zeroSeed, scope),
                new PairState(high, low, 0, setup, other.bob(), one.alice(), zeroSeed, scope));
    }

    /** The base OTs of one direction. */
    record Direction(SenderSeeds bob, ReceiverSeeds alice) {
        static Direction deal(SecureRandom random, Secrets scope) {
            var zero = bytes(random, BaseOt.SEEDS_BYTES);
            var one = bytes(random, BaseOt.SEEDS_BYTES);
            var delta = bytes(random, DELTA_BYTES);
            var chosen = new byte[BaseOt.SEEDS_BYTES];
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                var seeds = (delta[c >> 3] >> (c & 7) & 1) != 0 ? one : zero;
                System.arraycopy(seeds, c * BaseOt.SEED_BYTES, chosen, c * BaseOt.SEED_BYTES, BaseOt.SEED_BYTES);
            }
            return new Direction(new SenderSeeds(zero, one, scope), new ReceiverSeeds(delta, chosen, scope));
        }
    }

    static byte[] bytes(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Draws that cost what the generator costs. */
    record PlainDraw(SecureRandom random) implements Draw {
        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            return bytes(random, length);
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return this;
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return this;
        }
    }

    /** Verdicts without a database. */
    static final class NoBans implements Verdicts {
        @Override
        public Optional<Check> judge(PairState pair, Supplier<Optional<Check>> evaluation) {
            return evaluation.get();
        }

        @Override
        public Guard guard(Collection<PairState> pairs) {
            return Guard.none();
        }
    }
}
