package quorate.node.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import quorate.node.config.Address;

/** A network between two nodes that can fall silent without closing anything, as when a host loses power. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Address target;
    private volatile boolean silent;

    Relay(Address target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }

    /** From now on nothing passes, in either direction, and nobody is told. */
    void fallSilent() {
        silent = true;
    }

    private void accept() {
        try {
            while (true) {
                var one = server.accept();
                var other = new Socket();
                other.connect(target.resolve());
                sockets.add(one);
                sockets.add(other);
                Thread.ofVirtual().start(() -> pump(one, other));
                Thread.ofVirtual().start(() -> pump(other, one));
            }
        } catch (IOException e) {
            // Closed at the end of the test.
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[64 * 1024];
            for (int n = from.getInputStream().read(buffer); n >= 0; n = from.getInputStream().read(buffer)) {
                if (!silent) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
            while (silent && !server.isClosed()) {
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // One side has ended; try-with-resources ends the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
