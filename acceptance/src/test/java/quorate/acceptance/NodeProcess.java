package quorate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One node as a process of its own, {@code node run}. */
final class NodeProcess {
    private static final long PATIENCE_SECONDS = 60;

    private static final Pattern DEBUG_PORT = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    private final Process process;
    private final Path log;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static NodeProcess start(Path config) {
        return start(config, List.of());
    }

    /** With a debugger's port, which {@link #debugPort} answers. */
    static NodeProcess startForDebugger(Path config, List<String> jvmOptions) {
        var options = new ArrayList<>(jvmOptions);
        options.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
        return start(config, options);
    }

    private static NodeProcess start(Path config, List<String> jvmOptions) {
        try {
            var log = Files.createTempFile(config.toAbsolutePath().getParent(), "run", ".log");
            var process = Launch.of(jvmOptions, List.of("node", "run", "--config", config.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new NodeProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int debugPort() {
        var announced = DEBUG_PORT.matcher(log());
        if (!announced.find()) {
            throw new AssertionError("no debugger's port in " + log());
        }
        return Integer.parseInt(announced.group(1));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL, and gone when this returns. */
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exit() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the node does not end: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
