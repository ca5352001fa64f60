package quorate.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;

/** Finds a base port from which a cluster on this machine finds all its ports free. */
final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int RANGE = 10_000;
    private static final int TRIES = 100;

    /** The ports for nodes begin so much above those for applications; see {@code cluster init --base-port}. */
    private static final int SECOND_ROW = 100;

    private FreePorts() {}

    static int base(int nodes, SecureRandom random) {
        for (int i = 0; i < TRIES; i++) {
            int base = LOWEST + random.nextInt(RANGE);
            if (IntStream.rangeClosed(1, nodes).allMatch(node -> free(base + node) && free(base + SECOND_ROW + node))) {
                return base;
            }
        }
        throw new CommandFailed(ProblemCode.NODE_NOT_STARTED, "no free ports on this machine");
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
