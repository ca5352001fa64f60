package quorate.node.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.node.config.Card;
import quorate.node.config.Roster;
import quorate.node.identity.NodeIdentity;

/**
 * The links of one node to all others (protocols.md 0.4 "Transport", 15.1, 15.2). Of each pair the lower
 * player dials, again and again with growing pauses while the link is down; the higher accepts. Nothing that
 * a peer or a stranger sends ends more than its own connection. All methods are thread-safe.
 */
public final class Links implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final int BACKLOG = 128;
    private static final Duration MOST_TICK = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILED_ACCEPT = Duration.ofMillis(100);
    private static final Duration ORDERLY_CLOSE = Duration.ofSeconds(1);
    private static final long LOG_STRANGERS_EVERY = Duration.ofSeconds(1).toNanos();

    private final LinkSettings settings;
    private final LinkTls tls;
    private final SecureRandom random;
    private final SortedMap<Integer, Peer> peers = new ConcurrentSkipListMap<>();
    private final NodeIdentity me;
    private final Function<Card, Peer> peering;
    private final HandshakeWatch strangers;
    private final HandshakeWatch known = new HandshakeWatch(Integer.MAX_VALUE);
    private final ServerSocket server;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong strangerLogged;
    private volatile boolean closed;

    private Links(
            LinkSettings settings,
            NodeIdentity me,
            Roster roster,
            Incarnation incarnation,
            LinkStore store,
            LinkListener listener,
            Clock clock,
            SecureRandom random)
            throws IOException {
        this.settings = settings;
        this.tls = new LinkTls(me, roster, random);
        this.random = random;
        this.strangers = new HandshakeWatch(settings.halfOpen());
        this.strangerLogged = new AtomicLong(System.nanoTime() - LOG_STRANGERS_EVERY);
        this.me = me;
        this.peering = card -> {
            var ownLinks = new OwnLinks(me, incarnation, card.id());
            var introduction = new Introduction(me, card, ownLinks, store, listener, clock);
            return new Peer(card, introduction, store, settings, listener, known);
        };
        for (var card : roster.players()) {
            if (card.player() != me.player()) {
                peers.put(card.player(), peering.apply(card));
            }
        }
        this.server = listen(settings);
    }

    private static ServerSocket listen(LinkSettings settings) throws IOException {
        var server = new ServerSocket();
        try {
            server.bind(settings.listen().resolve(), BACKLOG);
            return server;
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + settings.listen() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Listens, and dials the players of higher number.
     *
     * @param incarnation of this process; startNo was made durable before
     * @param store keeps the highest LINK of every peer
     * @param clock for the informational time in LINK
     * @throws IOException if the address cannot be listened on
     */
    public static Links open(
            LinkSettings settings,
            NodeIdentity me,
            Roster roster,
            Incarnation incarnation,
            LinkStore store,
            LinkListener listener,
            Clock clock,
            SecureRandom random)
            throws IOException {
        var links = new Links(settings, me, roster, incarnation, store, listener, clock, random);
        links.start("link-clock", links::tick);
        links.start("link-accept", links::accept);
        links.peers.values().stream()
                .filter(peer -> peer.card().player() > me.player())
                .forEach(links::startDialling);
        return links;
    }

    /**
     * Dials one more player from now on.
     *
     * @throws IllegalArgumentException if it is known, or has a lower number than this node and dials it
     */
    public void add(Card card) {
        if (card.player() <= me.player()) {
            throw new IllegalArgumentException("player " + card.player() + " dials this node");
        }
        var peer = peering.apply(card);
        if (peers.putIfAbsent(card.player(), peer) != null) {
            throw new IllegalArgumentException("player " + card.player() + " is known");
        }
        startDialling(peer);
    }

    private void startDialling(Peer peer) {
        start("link-" + peer.card().player(), () -> dial(peer));
    }

    private void start(String name, Runnable work) {
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Where this node listens; tells the port if any free one was asked for. */
    public InetSocketAddress listening() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /**
     * Queues a frame of an application type. Never waits. What is queued may still be lost when the link
     * ends: the protocols repeat what matters.
     */
    public Sent send(int player, FrameType type, byte[] body) {
        if (!type.ofApplication() || !type.fits(body.length)) {
            throw new IllegalArgumentException(type + " of " + body.length + " bytes");
        }
        return peer(player).connection().map(link -> link.send(type, body)).orElse(Sent.DOWN);
    }

    /** The current process of a player, while its link is up. */
    public Optional<Incarnation> current(int player) {
        return Optional.ofNullable(peers.get(player)).flatMap(Peer::connection).map(Connection::peer);
    }

    /** The players whose links are up. */
    public SortedSet<Integer> up() {
        var up = new TreeSet<Integer>();
        peers.forEach((player, peer) -> peer.connection().ifPresent(link -> up.add(player)));
        return up;
    }

    private Peer peer(int player) {
        var peer = peers.get(player);
        if (peer == null) {
            throw new IllegalArgumentException("no other player " + player);
        }
        return peer;
    }

    /** Ends all links and makes them anew (protocols.md 15.5). */
    public void makeAnew() {
        connections().forEach(link -> link.end("made anew"));
    }

    private Collection<Connection> connections() {
        return peers.values().stream().flatMap(peer -> peer.connection().stream()).toList();
    }

    private void tick() {
        var tick = settings.pingTimeout().dividedBy(4);
        tick = tick.compareTo(MOST_TICK) > 0 ? MOST_TICK : tick;
        while (pause(tick)) {
            long now = System.nanoTime();
            connections().forEach(link -> link.tick(now));
            strangers.expire(now);
            known.expire(now);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                var raw = server.accept();
                strangers.watch(raw, System.nanoTime() + settings.handshakeTimeout().toNanos());
                start("link-in", () -> serve(raw));
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("cannot accept connections now: {}", e.getMessage());
                    pause(PAUSE_AFTER_FAILED_ACCEPT);
                }
            }
        }
    }

    private void serve(Socket raw) {
        try {
            Wire wire;
            try {
                raw.setTcpNoDelay(true);
                var socket = tls.accepted(raw);
                wire = new Wire(tls.dialler(socket), raw, socket);
            } catch (IOException | RuntimeException e) {
                logStranger(raw, e);
                return;
            } finally {
                strangers.release(raw);
            }
            serve(wire);
        } finally {
            HandshakeWatch.cut(raw);
        }
    }

    /** Strangers may come as often as they like; the log is not theirs to fill. */
    private void logStranger(Socket raw, Exception failure) {
        long now = System.nanoTime();
        long last = strangerLogged.get();
        if (now - last >= LOG_STRANGERS_EVERY && strangerLogged.compareAndSet(last, now)) {
            LOG.info("no link with {}: {}", raw.getRemoteSocketAddress(), failure.toString());
        }
    }

    private void serve(Wire wire) {
        try {
            run(wire);
        } catch (IOException | RuntimeException e) {
            log(wire.player(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dial(Peer peer) {
        var backoff = new Backoff(settings.redialFirst(), settings.redialMost(), random);
        do {
            long started = System.nanoTime();
            try {
                dialOnce(peer);
            } catch (IOException | RuntimeException e) {
                log(peer.card().player(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (System.nanoTime() - started > settings.redialMost().toNanos()) {
                backoff.reset();
            }
        } while (pause(backoff.next()));
    }

    private void dialOnce(Peer peer) throws IOException, InterruptedException {
        int player = peer.card().player();
        try (var raw = new Socket()) {
            known.watch(raw, System.nanoTime() + settings.handshakeTimeout().toNanos());
            raw.setTcpNoDelay(true);
            raw.connect(peer.card().mpc().resolve(), Math.toIntExact(settings.handshakeTimeout().toMillis()));
            run(new Wire(player, raw, tls.dialled(raw, peer.card())));
        }
    }

    /** From the first frame to the last. */
    private void run(Wire wire) throws IOException, InterruptedException {
        try {
            if (closed) {
                return;
            }
            var link = peer(wire.player()).connect(wire);
            LOG.info("link with player {} is up: {}", wire.player(), link.peer());
            LOG.info("link with player {} is down: {}", wire.player(), link.run());
        } finally {
            known.release(wire.raw());
            wire.cut();
        }
    }

    private void log(int player, Exception failure) {
        switch (failure) {
            case MalformedFrame frame -> LOG.warn("malformed frame from player {}: {}", player, frame.getMessage());
            case IOException network -> LOG.debug("no link with player {}: {}", player, network.toString());
            default -> LOG.error("making the link with player {} failed", player, failure);
        }
    }

    /** False when this is closed. */
    private boolean pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closed && !Thread.currentThread().isInterrupted();
    }

    /** Sends what waits, then ends everything. Returns within a few seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
        try {
            var closing = connections().stream()
                    .map(link -> Thread.ofVirtual().start(() -> closeOrderly(link)))
                    .toList();
            for (var thread : closing) {
                thread.join();
            }
            strangers.cutAll();
            known.cutAll();
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join(ORDERLY_CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeOrderly(Connection link) {
        try {
            link.close(ORDERLY_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
