package quorate.node.local;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Closes a connection that takes too long: a Unix domain socket of the JDK knows no time-out. */
final class Deadline implements AutoCloseable {
    private final Thread watch;

    private Deadline(Thread watch) {
        this.watch = watch;
    }

    static Deadline of(SocketChannel channel, Duration limit) {
        return new Deadline(Thread.ofVirtual().name("local-deadline").start(() -> {
            try {
                Thread.sleep(limit);
                channel.close();
            } catch (InterruptedException e) {
                // The connection was in time.
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new IllegalStateException("a socket cannot be closed", e);
            }
        }));
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
