package quorate.node.link;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.Encoding;

/**
 * A link that is up: the thread that calls {@link #run} reads, a second one writes, and the clock of {@link
 * Links} ticks. It ends once, for the first reason given.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int PROBES = 2;

    private final Wire wire;
    private final Incarnation peer;
    private final LinkSettings settings;
    private final LinkListener listener;
    private final SendQueue queue;
    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Guards what follows. */
    private final Object monitor = new Object();

    private final Liveness liveness;
    private long pings;
    private long pongs;

    Connection(Wire wire, Incarnation peer, LinkSettings settings, LinkListener listener, long nowNanos) {
        this.wire = wire;
        this.peer = peer;
        this.settings = settings;
        this.listener = listener;
        this.queue = new SendQueue(settings.queueBytes());
        this.liveness = new Liveness(settings.silence(), settings.pingTimeout(), nowNanos);
    }

    Incarnation peer() {
        return peer;
    }

    Sent send(FrameType type, byte[] body) {
        return body.length > settings.frameBytes() ? Sent.TOO_LONG : queue.offer(new Frame(type, body).encode());
    }

    /** Reads until the link ends. Calls the listener's up, frame and down. Returns why it ended. */
    String run() {
        var writer = Thread.ofVirtual().name("link-" + wire.player() + "-out").start(this::write);
        try {
            listener.up(wire.player(), peer);
            while (true) {
                receive(wire.read(settings.frameBytes()));
            }
        } catch (EOFException e) {
            end("closed by the peer");
        } catch (MalformedFrame e) {
            end("malformed frame: " + e.getMessage());
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the listener failed on a frame of player {}; its link is closed", wire.player(), e);
            end("the listener failed");
        } finally {
            end("the reader failed");
            join(writer);
            tellDown();
            ended.countDown();
        }
        return reason.get().orElse("");
    }

    private void tellDown() {
        try {
            listener.down(wire.player(), peer);
        } catch (RuntimeException e) {
            LOG.error("the listener failed when the link to player {} went down", wire.player(), e);
        }
    }

    private void receive(Frame frame) throws MalformedFrame {
        synchronized (monitor) {
            liveness.heard(System.nanoTime());
        }
        if (frame.type().ofApplication()) {
            listener.frame(wire.player(), frame.type(), frame.body());
            return;
        }
        switch (frame.type()) {
            case PING -> queue.offerUrgent(new Frame(FrameType.PONG, frame.body()).encode());
            case PONG -> pong(Encoding.os2ip(frame.body(), 0, Long.BYTES));
            default ->
                throw new MalformedFrame(frame.type() + " on a link that is up");
        }
    }

    private void pong(long number) throws MalformedFrame {
        synchronized (monitor) {
            if (number < 1 || number > pings) {
                throw new MalformedFrame("PONG for a ping that was not sent");
            }
            pongs = Math.max(pongs, number);
            monitor.notifyAll();
        }
    }

    private long ping() {
        long number;
        synchronized (monitor) {
            number = ++pings;
        }
        queue.offerUrgent(new Frame(FrameType.PING, Encoding.i2osp(number, Long.BYTES)).encode());
        return number;
    }

    private void write() {
        try {
            for (var frame = queue.take(); frame.isPresent(); frame = queue.take()) {
                for (var next = frame; next.isPresent(); next = queue.poll()) {
                    try {
                        wire.write(next.get());
                    } finally {
                        Arrays.fill(next.get(), (byte) 0);
                    }
                }
                wire.flush();
            }
            wire.shut();
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            end("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** Sends pings when they are due and ends the link when two were not answered. */
    void tick(long nowNanos) {
        Liveness.Due due;
        synchronized (monitor) {
            due = liveness.tick(nowNanos);
        }
        switch (due) {
            case NOTHING -> {}
            case PING -> ping();
            case DEATH -> end("two pings were not answered");
        }
    }

    /** Whether the other end answers a ping now. If it leaves two unanswered, or has ended, it is dead and ended. */
    boolean answers() throws InterruptedException {
        long first = pings() + 1;
        for (int probe = 0; probe < PROBES; probe++) {
            ping();
            if (awaitPong(first)) {
                return true;
            }
        }
        end("two pings were not answered");
        return false;
    }

    private long pings() {
        synchronized (monitor) {
            return pings;
        }
    }

    private boolean awaitPong(long number) throws InterruptedException {
        long deadline = System.nanoTime() + settings.pingTimeout().toNanos();
        synchronized (monitor) {
            long left = deadline - System.nanoTime();
            while (pongs < number && left > 0 && !isEnding()) {
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
                left = deadline - System.nanoTime();
            }
            return pongs >= number && !isEnding();
        }
    }

    /** Ends the link at once. What waits to be sent is lost. */
    void end(String why) {
        reason.compareAndSet(Optional.empty(), Optional.of(why));
        queue.discard();
        wire.cut();
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    /** Sends what waits and ends TLS in order, for at most {@code patience}; then ends at once. */
    void close(Duration patience) throws InterruptedException {
        reason.compareAndSet(Optional.empty(), Optional.of("this node is closing"));
        queue.close();
        awaitEnd(patience);
        end("this node is closing");
    }

    boolean isEnding() {
        return reason.get().isPresent();
    }

    /** Waits until the reader has ended and the listener has been told; false if it takes longer. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void join(Thread writer) {
        writer.interrupt();
        try {
            writer.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
