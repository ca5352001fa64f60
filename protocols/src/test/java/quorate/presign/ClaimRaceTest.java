package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.presign.World.POOL;
import static quorate.presign.World.id;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import quorate.presign.World.Sample;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** Many threads want the same presignature. */
class ClaimRaceTest {
    private static final int THREADS = 100;

    private final World world = new World();
    private final PresignaturePool pool = world.pool();

    private static List<Boolean> together(int count, Callable<Boolean> attempt) throws Exception {
        var gate = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var futures = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> {
                    gate.await();
                    return attempt.call();
                }));
            }
            gate.countDown();
            var results = new ArrayList<Boolean>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private boolean wins(int number) {
        try {
            assertThat(pool.claim(id(number), Sample.class, POOL)).containsOnly(9);
            return true;
        } catch (Refused refused) {
            assertThat(refused.check()).isEqualTo(Check.PSG_1);
            return false;
        }
    }

    @Test
    void exactlyOneOfAHundredThreadsClaimsAPresignature() throws Exception {
        var batch = world.fill(pool, POOL, 0, 20);
        for (int k = 0; k < batch.size(); k++) {
            int number = k;
            assertThat(together(THREADS, () -> wins(number))).containsOnlyOnce(true);
        }
        assertThat(batch).allMatch(Sample::isWiped);
        assertThat(pool.count()).isZero();
    }

    /** Every presignature is either claimed once or dropped, whoever comes first. */
    @Test
    void claimsAndDropsNeverMeet() throws Exception {
        for (int round = 0; round < 20; round++) {
            int from = round * 50;
            var batch = world.fill(pool, POOL, from, 50);
            var next = new AtomicInteger();
            var results = together(60, () -> {
                int mine = next.getAndIncrement();
                return mine < 50 ? wins(from + mine) : pool.deleteAll() < 0;
            });
            int claimed = (int) results.stream().filter(won -> won).count();
            int dropped = world.heard().stream().mapToInt(drop -> drop.ids().size()).sum();
            assertThat(claimed + dropped).isEqualTo(50);
            assertThat(batch).allMatch(Sample::isWiped);
        }
        assertThat(pool.count()).isZero();
    }

    /** Sessions end while claims run: places and counts stay right. */
    @Test
    void placesAreNeverLost() throws Exception {
        var small = world.pool(new Caps(64, 64));
        var next = new AtomicInteger();
        together(50, () -> {
            int mine = next.getAndIncrement();
            try {
                world.fill(small, POOL, 10_000 + mine * 16, 16);
                for (int i = 0; i < 16; i++) {
                    small.claim(id(10_000 + mine * 16 + i), Sample.class, POOL);
                }
            } catch (Refused refused) {
                assertThat(refused.check()).isEqualTo(Check.PSG_6);
            }
            return true;
        });
        assertThat(small.count()).isZero();
        small.reserve(POOL, 64).close();
    }
}
