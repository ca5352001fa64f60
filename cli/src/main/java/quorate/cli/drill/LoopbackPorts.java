package quorate.cli.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;

/**
 * Ports of loopback for a scratch cluster, each held by a socket that is bound and does not listen: while it is held
 * nobody else gets it, and whoever connects to it is refused. Those of players that are not there stay held, so that a
 * scratch node that looks for them finds nobody.
 */
final class LoopbackPorts implements AutoCloseable {
    /** Below those that the system gives away by itself. */
    private static final int LOWEST = 20_000;

    private static final int RANGE = 10_000;
    private static final int TRIES = 1000;

    private final Set<Integer> avoided;
    private final SecureRandom random;
    private final Map<Integer, Socket> held = new HashMap<>();

    /** @param avoided ports that are left alone even if they are free */
    LoopbackPorts(Set<Integer> avoided, SecureRandom random) {
        this.avoided = Set.copyOf(avoided);
        this.random = random;
    }

    /** A port that nobody has, held from now on. */
    int hold() {
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + random.nextInt(RANGE);
            if (!avoided.contains(port) && !held.containsKey(port) && bind(port)) {
                return port;
            }
        }
        throw new CommandFailed(ProblemCode.NODE_NOT_STARTED, "no free ports on this machine");
    }

    /** For the node that listens there. */
    void release(int port) throws IOException {
        var socket = held.remove(port);
        if (socket != null) {
            socket.close();
        }
    }

    private boolean bind(int port) {
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            held.put(port, socket);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : held.values()) {
            socket.close();
        }
        held.clear();
    }
}
