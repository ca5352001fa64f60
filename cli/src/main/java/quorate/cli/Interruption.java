package quorate.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import quorate.cli.terminal.Action;

/**
 * Ctrl-C and SIGTERM: the running command is interrupted, puts right what it has begun, says so, and only then the
 * process ends.
 */
final class Interruption {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final CountDownLatch over = new CountDownLatch(1);

    private Interruption() {}

    static Interruption guard(Thread command) {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.end(command), "interruption"));
        return interruption;
    }

    /** The command has ended; from here on the process just ends. */
    void over() {
        over.countDown();
    }

    private void end(Thread command) {
        if (over.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Action.FAILED);
    }
}
