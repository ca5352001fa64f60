package quorate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quorate.cli.cluster.NodeStarter;

/** Real processes that do nothing. A node whose configuration says so ends at once. */
final class SleepingNodes implements NodeStarter, AutoCloseable {
    private final List<Process> started = new ArrayList<>();
    private final Runnable afterStart;

    SleepingNodes(Runnable afterStart) {
        this.afterStart = afterStart;
    }

    @Override
    public Process start(Path config, Path log, boolean detached) throws IOException {
        boolean broken = Files.readString(config).contains("broken");
        var command = broken
                ? "echo 'line 3: unknown setting playr' >&2; exit 7"
                : "exec sleep 600";
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (broken) {
            // The fake node is ready at once, and must not win the race against the end of its process.
            process.onExit().join();
        }
        started.add(process);
        afterStart.run();
        return process;
    }

    List<Process> started() {
        return List.copyOf(started);
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
