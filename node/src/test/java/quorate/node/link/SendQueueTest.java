package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final SendQueue queue = new SendQueue(3 * SendQueue.cost(100));

    @Test
    void keepsTheOrder() throws InterruptedException {
        queue.offer(frame(1));
        queue.offer(frame(2));
        assertThat(queue.take().orElseThrow()[0]).isEqualTo((byte) 1);
        assertThat(queue.poll().orElseThrow()[0]).isEqualTo((byte) 2);
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void refusesMoreThanItsBoundUntilSomethingIsTaken() {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer(frame(i))).isEqualTo(Sent.QUEUED);
        }
        assertThat(queue.offer(frame(3))).isEqualTo(Sent.FULL);
        queue.poll();
        assertThat(queue.offer(frame(3))).isEqualTo(Sent.QUEUED);
    }

    @Test
    void letsPingsOvertakeEvenWhenFullButNotWithoutBound() {
        while (queue.offer(frame(1)).queued()) {}
        for (int i = 0; i < 1000; i++) {
            queue.offerUrgent(frame(9));
        }
        int urgent = 0;
        while (queue.poll().orElseThrow()[0] == 9) {
            urgent++;
        }
        assertThat(urgent).isEqualTo(64);
    }

    @Test
    void drainsWhenClosed() throws InterruptedException {
        queue.offer(frame(1));
        queue.close();
        assertThat(queue.offer(frame(2))).isEqualTo(Sent.DOWN);
        assertThat(queue.take()).isPresent();
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void wipesWhatItDiscards() throws InterruptedException {
        var waiting = frame(1);
        queue.offer(waiting);
        queue.discard();
        assertThat(waiting).containsOnly(0);
        assertThat(queue.take()).isEqualTo(Optional.empty());
    }

    @Test
    void wipesWhatItHasNoRoomFor() {
        while (queue.offer(frame(1)).queued()) {}
        var refused = frame(2);
        assertThat(queue.offer(refused)).isEqualTo(Sent.FULL);
        assertThat(refused).containsOnly(0);

        queue.close();
        var late = frame(3);
        assertThat(queue.offer(late)).isEqualTo(Sent.DOWN);
        assertThat(late).containsOnly(0);
    }

    private static byte[] frame(int content) {
        var frame = new byte[100];
        java.util.Arrays.fill(frame, (byte) content);
        return frame;
    }
}
