package quorate.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import quorate.cli.terminal.Progress;

/** Named steps, one after another, each timed and told as soon as it is over. The first that fails is the last. */
final class Steps {
    private final List<Step> done = new ArrayList<>();
    private final Progress progress;
    private final Consumer<String> tell;

    Steps(Progress progress, Consumer<String> tell) {
        this.progress = progress;
        this.tell = tell;
    }

    /** How a step went. */
    record Step(String name, boolean ok, long millis) {}

    /** What a step does. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    void run(String name, Work work) throws IOException, InterruptedException {
        progress.show(name + " ...");
        long began = System.nanoTime();
        boolean ok = false;
        try {
            work.run();
            ok = true;
        } finally {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            done.add(new Step(name, ok, millis));
            progress.close();
            tell.accept(String.format(Locale.ROOT, "%-6s %7.1f s  %s", ok ? "ok" : "FAILED", millis / 1000.0, name));
        }
    }

    List<Step> all() {
        return List.copyOf(done);
    }
}
