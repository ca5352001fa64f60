package quorate.node.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections of callers may stay: strangers can open them, so one address may have only so many at once, and
 * one without a request after a while is cut, however busily it sends.
 */
final class Admission implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    /** From the first byte to the end of the headers, handshake included. */
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
    /** A quarter of all, so that one address leaves room for the others. */
    private static final int PER_ADDRESS = ApiServer.CONNECTIONS / 4;

    private static final int CHECKS_PER_LIMIT = 10;

    private final Duration firstRequest;
    private final int perAddress;
    private final Map<SocketAddress, SocketChannel> open = new LinkedHashMap<>();
    private final Map<SocketAddress, Long> silentSince = new LinkedHashMap<>();
    private final Thread timer;

    Admission() {
        this(FIRST_REQUEST, PER_ADDRESS);
    }

    Admission(Duration firstRequest, int perAddress) {
        this.firstRequest = firstRequest;
        this.perAddress = perAddress;
        this.timer = Thread.ofVirtual().name("api-admission").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(firstRequest.dividedBy(CHECKS_PER_LIMIT));
                cutSilent();
            }
        } catch (InterruptedException closed) {
            LOG.debug("the API is closed");
        }
    }

    /**
     * Takes a new connection in.
     *
     * @throws UncheckedIOException if its address has too many already: the caller closes it
     */
    synchronized void admit(SocketChannel channel) {
        try {
            var remote = channel.getRemoteAddress();
            forgetClosed();
            long others = open.keySet().stream()
                    .filter(other -> host(other).equals(host(remote)))
                    .count();
            if (others >= perAddress) {
                LOG.debug("refused a connection of {}: it has {} already", host(remote), others);
                throw new IOException("too many connections of " + host(remote));
            }
            open.put(remote, channel);
            silentSince.put(remote, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress host(SocketAddress address) {
        return ((InetSocketAddress) address).getAddress();
    }

    /** A request came from there. */
    synchronized void spoke(SocketAddress remote) {
        silentSince.remove(remote);
    }

    private synchronized void cutSilent() {
        forgetClosed();
        long now = System.nanoTime();
        silentSince.forEach((remote, since) -> {
            if (now - since >= firstRequest.toNanos()) {
                cut(remote);
            }
        });
        forgetClosed();
    }

    private void cut(SocketAddress remote) {
        var channel = open.get(remote);
        if (channel == null) {
            return;
        }
        LOG.debug("cut a connection of {} without a request after {}", remote, firstRequest);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }

    private void forgetClosed() {
        open.values().removeIf(channel -> !channel.isOpen());
        silentSince.keySet().retainAll(open.keySet());
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
