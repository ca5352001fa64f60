package quorate.cli.node;

import java.nio.file.Path;

/** Runs a node in this process until it is asked to stop. */
@FunctionalInterface
public interface NodeRunner {
    /** Answers the exit code. */
    int run(Path config) throws InterruptedException;
}
