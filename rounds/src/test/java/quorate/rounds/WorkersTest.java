package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void computesElsewhere() {
        assertThat(Workers.of(pool).compute(Thread::currentThread)).isNotEqualTo(Thread.currentThread());
        assertThat(Workers.none().compute(Thread::currentThread)).isEqualTo(Thread.currentThread());
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workers.of(pool).compute(() -> {
                    throw new IllegalArgumentException("bug");
                }))
                .withMessage("bug");
        assertThatThrownBy(() -> Workers.of(pool).compute(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anInterruptWaitsForTheWork() {
        var caller = Thread.currentThread();
        var interrupted = new CountDownLatch(1);
        var result = Workers.of(pool).compute(() -> {
            caller.interrupt();
            interrupted.countDown();
            return interrupted.getCount();
        });
        assertThat(result).isZero();
        assertThat(Thread.interrupted()).as("kept for later").isTrue();
    }

    @Test
    void sharesOutPiecesAndDoesEachOnce() {
        for (var workers : List.of(Workers.none(), Workers.of(pool))) {
            var done = new AtomicIntegerArray(100);
            workers.each(100, done::incrementAndGet);
            for (int i = 0; i < 100; i++) {
                assertThat(done.get(i)).isEqualTo(1);
            }
            workers.each(0, i -> {
                throw new AssertionError("there is no piece " + i);
            });
        }
    }

    /** Sessions compute on the pool and share out their items to the same pool. */
    @Test
    void sharesOutPiecesEvenIfThePoolIsBusyWithItsCallers() {
        var done = new AtomicInteger();
        var workers = Workers.of(pool);
        workers.each(8, outer -> workers.each(8, inner -> done.incrementAndGet()));
        workers.compute(() -> {
            workers.each(8, i -> done.incrementAndGet());
            return done;
        });
        assertThat(done).hasValue(72);
        pool.close();
        workers.each(8, i -> done.incrementAndGet());
        assertThat(done).hasValue(80);
    }

    @Test
    void throwsWhatAPieceThrowsWhenAllAreDone() {
        var done = new AtomicInteger();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workers.of(pool).each(20, i -> {
                    if (done.incrementAndGet() == 3) {
                        throw new IllegalArgumentException("bug");
                    }
                }))
                .withMessage("bug");
        assertThat(done).hasValue(20);
    }
}
