package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.pair.PairState;
import quorate.pair.TestPairs;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.testkit.vectors.KatDraw;
import quorate.vole.CheatingBob;
import quorate.vole.OtReceiver;
import quorate.vole.OtSender;

/**
 * Appendix B 2: 128 parallel sessions with one flipped column each, against 8 workers. Without serial verdicts a
 * cheater would see all of Delta at once; with them it sees the bits before the first failure.
 */
class SerialVerdictsTest {
    private static final long SEED = 20261122;
    private static final int TRIALS = 200;
    private static final int SESSIONS = 128;
    private static final int WORKERS = 8;

    @Test
    void whatParallelCheatersSeeIsGeometric() throws Exception {
        var random = new Random(SEED);
        try (var scope = new Secrets();
                var pool = Executors.newFixedThreadPool(WORKERS)) {
            var draw = new KatDraw("parallel");
            var bob = TestPairs.Correlation.draw(draw, scope).bob();
            var sid = Transcript.of("test/sid").add().hash();
            var honest = new byte[OtReceiver.MESSAGE_BYTES];
            OtReceiver.extend(bob, sid, draw, honest, 0, scope);
            var cheats = IntStream.range(0, SESSIONS)
                    .mapToObj(c -> CheatingBob.withFlippedColumn(bob, sid, honest, c))
                    .toList();
            long total = 0;
            for (int trial = 0; trial < TRIALS; trial++) {
                var delta = new byte[16];
                random.nextBytes(delta);
                int seen = attack(bob.zero(), bob.one(), delta, sid, cheats, pool);
                assertThat(seen).as("seed %s, trial %s", SEED, trial).isLessThanOrEqualTo(30);
                total += seen;
            }
            assertThat((double) total / TRIALS).as("seed %s", SEED).isLessThan(3);
        }
    }

    /** How many round-2 frames leave; none after the first failure. */
    private static int attack(
            byte[] zero,
            byte[] one,
            byte[] delta,
            byte[] sid,
            List<byte[]> cheats,
            ExecutorService pool)
            throws Exception {
        try (var scope = new Secrets()) {
            var base = TestPairs.Correlation.of(zero.clone(), one.clone(), delta, scope);
            var pair = new PairState(1, 2, 0, new byte[32], base.bob(), base.alice(), new byte[32], scope);
            var verdicts = new InMemoryVerdicts();
            var guard = verdicts.guard(List.of(pair));
            var seen = new AtomicInteger();
            var failed = new AtomicBoolean();
            var late = new AtomicBoolean();
            var sessions = cheats.stream()
                    .<Future<?>>map(cheat -> pool.submit(() -> {
                        var ot = OtSender.open(base.alice(), sid, cheat, 0, scope);
                        try {
                            var finding = verdicts.judge(pair, () -> {
                                if (ot.isConsistent()) {
                                    return Optional.empty();
                                }
                                failed.set(true);
                                return Optional.of(Check.OTE_2);
                            });
                            if (finding.isEmpty()) {
                                guard.release(() -> {
                                    late.compareAndSet(false, failed.get());
                                    seen.incrementAndGet();
                                });
                            }
                        } catch (Refused banned) {
                            // Told by another session's failure.
                        }
                    }))
                    .toList();
            for (var session : sessions) {
                session.get();
            }
            assertThat(late).isFalse();
            assertThat(verdicts.bans()).hasSize(1);
            return seen.get();
        }
    }
}
