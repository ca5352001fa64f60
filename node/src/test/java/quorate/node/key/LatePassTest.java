package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.PauseRequest;
import quorate.api.ResumeRequest;
import quorate.node.StoppedCluster;
import quorate.rounds.Check;
import quorate.rounds.Refused;

class LatePassTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void aPauseNeitherWaitsForWhoWaitsNorLetsItThroughAfterwards() throws Exception {
        var cluster = StoppedCluster.in(folder);
        try (var database = cluster.open(1)) {
            var gate = new PauseGate(database, 1, Clock.systemUTC(), LONG);
            try (var waiting = new LatePass(gate)) {
                var before = System.nanoTime();
                assertThat(gate.pause("ops", new PauseRequest(null, null, null)).paused()).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG);

                assertThatExceptionOfType(Refused.class).isThrownBy(waiting::take).satisfies(refused -> {
                    assertThat(refused.check()).isEqualTo(Check.REP_0);
                    assertThat(refused).hasMessageContaining("is paused by ops");
                });

                gate.resume("ops", new ResumeRequest(null));
                waiting.take();
            }
            assertThat(gate.pause("ops", new PauseRequest(null, null, null)).paused()).isTrue();
        }
    }
}
