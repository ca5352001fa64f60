package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.node.link.Liveness.Due;

class LivenessTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Liveness liveness = new Liveness(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);

    @Test
    void pingsAfterASilence() {
        assertThat(liveness.tick(4 * SECOND)).isEqualTo(Due.NOTHING);
        assertThat(liveness.tick(5 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(6 * SECOND)).isEqualTo(Due.NOTHING);
    }

    @Test
    void diesAfterTwoUnansweredPings() {
        assertThat(liveness.tick(5 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(9 * SECOND)).isEqualTo(Due.NOTHING);
        assertThat(liveness.tick(10 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(14 * SECOND)).isEqualTo(Due.NOTHING);
        assertThat(liveness.tick(15 * SECOND)).isEqualTo(Due.DEATH);
    }

    @Test
    void startsAnewWithWhateverIsHeard() {
        liveness.tick(5 * SECOND);
        liveness.tick(10 * SECOND);
        liveness.heard(14 * SECOND);
        assertThat(liveness.tick(15 * SECOND)).isEqualTo(Due.NOTHING);
        assertThat(liveness.tick(19 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(24 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(29 * SECOND)).isEqualTo(Due.DEATH);
    }

    @Test
    void asksAgainAfterASleepOfTheWholeMachine() {
        liveness.tick(5 * SECOND);
        assertThat(liveness.tick(5000 * SECOND)).isEqualTo(Due.PING);
        assertThat(liveness.tick(5001 * SECOND)).isEqualTo(Due.NOTHING);
    }

    @Test
    void pausesGrowUpToACap() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(350), new Random(1));
        for (long most : new long[] {100, 200, 350, 350, 350}) {
            assertThat(backoff.next().toMillis()).isBetween(most / 2 - 1, most);
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(49L, 100L);
    }
}
