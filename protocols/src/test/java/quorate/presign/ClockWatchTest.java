package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {
    private final World world = new World();

    @Test
    void hasTheLimitOfTheSpecification() {
        assertThat(ClockWatch.LIMIT).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(longs = {30_001, -30_001, 3_600_000, -86_400_000, 31_536_000_000L})
    void noticesADivergenceAboveThirtySeconds(long millis) {
        assertThat(world.watch.jumps()).isZero();
        world.pass(Duration.ofSeconds(1));
        world.jump(Duration.ofMillis(millis));
        assertThat(world.watch.jumps()).isEqualTo(1);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.watch.jumps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 30_000, -30_000})
    void letsTimeSynchronisationDoItsWork(long millis) {
        for (int check = 0; check < 10; check++) {
            world.pass(Duration.ofSeconds(1));
            world.jump(Duration.ofMillis(millis));
            assertThat(world.watch.jumps()).isZero();
        }
    }

    /** A machine that stood still for an hour: both clocks went on, or neither did. */
    @Test
    void noticesNothingWhereBothClocksAgree() {
        world.pass(Duration.ofHours(1));
        assertThat(world.watch.jumps()).isZero();
    }

    @Test
    void countsEveryJump() {
        world.jump(Duration.ofMinutes(1));
        assertThat(world.watch.jumps()).isEqualTo(1);
        world.jump(Duration.ofMinutes(-1));
        assertThat(world.watch.jumps()).isEqualTo(2);
    }

    @Test
    void noticesAnotherGenerationOfTheMachine() {
        var generation = new AtomicReference<>("one");
        var watch = new ClockWatch(world.clocks, generation::get);
        assertThat(watch.jumps()).isZero();
        generation.set("two");
        assertThat(watch.jumps()).isEqualTo(1);
        assertThat(watch.jumps()).isEqualTo(1);
    }
}
