package quorate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.node.problem.ProblemException;
import quorate.rounds.Frame;

/** What is left of private messages when a session ends in the middle of something. */
@Timeout(60)
class LeftoverTest {
    private static final int ATTEMPTS = 2_000;

    private final SessionPair pair = new SessionPair();

    @AfterEach
    void stop() {
        pair.close();
    }

    /** A driver waits, a private frame arrives, and before the driver has it the clock jumps. */
    @Test
    void aFrameThatNobodyIsGivenAnyMoreIsWiped() throws Exception {
        int refused = 0;
        try (var drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var session = pair.one.liveSession(1 << 10);
                var payload = new byte[32];
                Arrays.fill(payload, (byte) 7);
                Callable<Boolean> receive =
                        () -> session.receive(Duration.ofSeconds(20)).isPresent();
                var received = drivers.submit(receive);

                session.deliver(2, Frame.direct(SessionPair.sessionId(), 1, 2, 2, 1, payload));
                session.abort();

                try {
                    received.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(ProblemException.class);
                    session.close();
                    assertThat(payload).as("attempt " + attempt).containsOnly(0);
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }
}
