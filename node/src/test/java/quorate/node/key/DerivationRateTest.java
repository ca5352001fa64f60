package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;

class DerivationRateTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final DerivationRate rate = new DerivationRate(nanos::get);

    @Test
    void refusesWhatIsTooMuchForAMinuteAndTakesItInTheNext() {
        rate.accept(DerivationRate.STEPS_PER_MINUTE - 3);
        assertRefused(4);
        rate.accept(3);
        assertRefused(1);

        nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertRefused(1);
        nanos.incrementAndGet();
        rate.accept(DerivationRate.STEPS_PER_MINUTE);
        assertRefused(1);
    }

    private void assertRefused(int steps) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rate.accept(steps))
                .satisfies(e -> assertThat(e.problem().code())
                        .isEqualTo(ProblemCode.TOO_MANY_REQUESTS));
    }
}
