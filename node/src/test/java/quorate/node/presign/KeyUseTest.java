package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyUseTest {
    private static final long NOW = Long.MAX_VALUE - 5;

    private final KeyUse use = new KeyUse("known"::equals);

    @Test
    void aKeyIsIdleTwoSecondsAfterItsLastUse() {
        assertThat(use.isIdle("known", NOW)).isTrue();
        use.used("known", NOW);

        assertThat(use.isIdle("known", later(2_000))).isFalse();
        assertThat(use.isIdle("known", later(2_001))).isTrue();
    }

    @Test
    void keysThatAreNotHereAndThoseThatAreIdleTakeNoMemory() {
        for (int number = 0; number < 10_000; number++) {
            use.used("unknown-" + number, NOW);
        }
        use.used("known", NOW);
        assertThat(use.size()).isEqualTo(1);

        use.forgetIdle(later(2_000));
        assertThat(use.size()).isEqualTo(1);
        use.forgetIdle(later(2_001));
        assertThat(use.size()).isZero();
    }

    /** The clock of this machine may begin anywhere, and goes past the end of its numbers. */
    private static long later(int millis) {
        return NOW + Duration.ofMillis(millis).toNanos();
    }
}
