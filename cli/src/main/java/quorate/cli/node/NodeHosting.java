package quorate.cli.node;

import java.nio.file.Path;

/** Starts a node inside this process. Only for nodes that nobody depends on. */
@FunctionalInterface
public interface NodeHosting {
    /** A node that runs until it is closed. */
    interface Hosted extends AutoCloseable {
        @Override
        void close();
    }

    /** Throws {@link quorate.cli.terminal.CommandFailed} if the node does not start. */
    Hosted start(Path config);
}
