package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PairLocksTest {
    private final PairLocks locks = new PairLocks();

    /** Not volatile, and not atomic: only the lock makes its count right. */
    private int entered;

    @Test
    void holdsOneThreadAtATimeAndKeepsNothingAfterwards() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 100; thread++) {
                all.add(threads.submit(() -> {
                    for (int time = 0; time < 100; time++) {
                        try (var _ = locks.hold("key", 2)) {
                            entered++;
                        }
                    }
                }));
            }
            for (var one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(entered).isEqualTo(10_000);
        assertThat(locks.count()).isZero();
    }

    @Test
    void holdsBackTheSamePairOfTheSameKeyOnly() throws Exception {
        var waiting = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> same;
            try (var _ = locks.hold("key", 2);
                    var _ = locks.hold("key", 3);
                    var _ = locks.hold("other", 2)) {
                assertThat(locks.count()).isEqualTo(3);
                threads.submit(() -> locks.hold("other", 3).close()).get(10, TimeUnit.SECONDS);
                same = threads.submit(() -> {
                    waiting.countDown();
                    locks.hold("key", 3).close();
                });
                waiting.await();
                Thread.sleep(100);
                assertThat(same.isDone()).isFalse();
            }
            same.get(10, TimeUnit.SECONDS);
        }
        assertThat(locks.count()).isZero();
    }

    @Test
    void letsItsThreadComeBack() {
        try (var _ = locks.hold("key", 2)) {
            locks.hold("key", 2).close();
            assertThat(locks.count()).isEqualTo(1);
        }
        assertThat(locks.count()).isZero();
    }
}
