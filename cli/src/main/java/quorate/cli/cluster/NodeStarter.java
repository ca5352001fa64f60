package quorate.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;

/** Starts the operating-system process of one node. */
@FunctionalInterface
public interface NodeStarter {
    /**
     * Starts it; returns at once.
     *
     * @param config the node.toml
     * @param log where its output goes
     * @param detached the node outlives this process and its terminal
     */
    Process start(Path config, Path log, boolean detached) throws IOException;
}
