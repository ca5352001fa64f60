package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitQueueTest {
    @Test
    void aFloodOfOnePeerTakesOnlyItsOwnRoom() {
        var done = new AtomicInteger();
        int accepted = 0;
        try (var queue = new CommitQueue()) {
            var stuck = new CountDownLatch(1);
            queue.execute(() -> await(stuck));
            for (int frame = 0; frame < 100_000; frame++) {
                accepted += queue.offer(2, 8 << 10, done::incrementAndGet) ? 1 : 0;
            }
            assertThat(queue.offer(3, 8 << 20, done::incrementAndGet)).isTrue();
            stuck.countDown();
        }

        assertThat(accepted).isPositive().isLessThan(CommitQueue.BYTES_PER_PEER / (8 << 10));
        assertThat(done.get()).isEqualTo(accepted + 1);
    }

    @Test
    void hasRoomAgainOnceFramesAreHandled() {
        try (var queue = new CommitQueue()) {
            for (int round = 0; round < 100; round++) {
                var handled = new CountDownLatch(1);
                assertThat(queue.offer(2, 12 << 20, () -> {})).isTrue();
                queue.execute(handled::countDown);
                await(handled);
            }
        }
    }

    @Test
    void goesOnAfterAFailureAndKeepsTheOrder() {
        var order = new ArrayList<Integer>();
        try (var queue = new CommitQueue()) {
            for (int number = 0; number < 5; number++) {
                int mine = number;
                queue.offer(2, CommitQueue.BYTES_PER_PEER / 6, () -> {
                    order.add(mine);
                    throw new IllegalStateException("frame " + mine);
                });
            }
        }

        assertThat(order).isSorted().hasSize(5);
    }

    @Test
    void dropsWhatComesAfterTheEnd() {
        var queue = new CommitQueue();
        queue.close();
        var done = new ArrayList<Integer>();

        queue.execute(() -> done.add(1));
        queue.offer(2, 1, () -> done.add(2));

        assertThat(done).isEqualTo(List.of());
    }

    @Test
    void endsInTimeAlthoughAStepIsStuck() {
        var queue = new CommitQueue("commit", Duration.ofMillis(50));
        var never = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var after = new AtomicInteger();
        queue.execute(() -> {
            started.countDown();
            awaitWhateverComes(never);
        });
        queue.execute(after::incrementAndGet);
        await(started);

        queue.close();
        never.countDown();

        assertThat(after.get()).isZero();
    }

    /** As code does that cannot be interrupted. */
    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
