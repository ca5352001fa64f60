package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
}
