package quorate.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code node.pid}: which process runs a node, and since when. A process of that number that began at another time is
 * a different one, and is left alone.
 */
public final class NodeProcessFile {
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    public NodeProcessFile(Path nodeFolder) {
        this.file = nodeFolder.resolve("node.pid");
    }

    void write(ProcessHandle process) throws IOException {
        var began = process.info().startInstant().map(Instant::toString).orElse("unknown");
        OwnerFiles.replace(file, process.pid() + "\n" + began + "\n");
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> running() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.getFirst().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> beganThen(process, lines.get(1)));
    }

    private static boolean beganThen(ProcessHandle process, String recorded) {
        var began = process.info().startInstant();
        if (began.isEmpty() || recorded.equals("unknown")) {
            return false;
        }
        try {
            return Duration.between(Instant.parse(recorded), began.get()).abs().compareTo(TOLERANCE) < 0;
        } catch (DateTimeException e) {
            return false; // whatever is written there, it is not the process that we started
        }
    }
}
