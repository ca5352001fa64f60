package quorate.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/** Ports of this machine that nobody uses, below those that the system gives away by itself. */
final class FreePorts {
    /** What {@code cluster init} puts between the port of a node's API and that of its links. */
    static final int LINKS = 100;

    private static final int LOWEST = 20_000;
    private static final int RANGE = 10_000;

    private FreePorts() {}

    /** A base from which {@code nodes} nodes find all of theirs free. */
    static int base(int nodes) {
        var random = new SecureRandom();
        while (true) {
            int base = LOWEST + random.nextInt(RANGE);
            if (IntStream.rangeClosed(1, nodes).allMatch(node -> free(base + node) && free(base + LINKS + node))) {
                return base;
            }
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
