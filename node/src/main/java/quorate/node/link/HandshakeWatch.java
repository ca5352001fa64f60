package quorate.node.link;

import java.io.IOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that must get somewhere before a deadline: those that do not are cut, however busily they send.
 * Beyond the limit a new one takes the place of the oldest, so that strangers who open connections and wait
 * keep nobody out: an honest handshake takes milliseconds.
 */
final class HandshakeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeWatch.class);

    private final int limit;
    private final Map<Socket, Long> deadlines = new LinkedHashMap<>();

    HandshakeWatch(int limit) {
        this.limit = limit;
    }

    /** Watches a connection, or gives it a new deadline. */
    synchronized void watch(Socket socket, long deadlineNanos) {
        deadlines.remove(socket);
        if (deadlines.size() >= limit) {
            var oldest = deadlines.keySet().iterator().next();
            LOG.debug("cut the oldest of {} half-open connections", limit);
            deadlines.remove(oldest);
            cut(oldest);
        }
        deadlines.put(socket, deadlineNanos);
    }

    /** It got there, or ended. */
    synchronized void release(Socket socket) {
        deadlines.remove(socket);
    }

    synchronized void expire(long nowNanos) {
        deadlines.entrySet().removeIf(entry -> {
            boolean late = nowNanos - entry.getValue() >= 0;
            if (late) {
                cut(entry.getKey());
            }
            return late;
        });
    }

    synchronized void cutAll() {
        deadlines.keySet().forEach(HandshakeWatch::cut);
        deadlines.clear();
    }

    synchronized int size() {
        return deadlines.size();
    }

    static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }
}
