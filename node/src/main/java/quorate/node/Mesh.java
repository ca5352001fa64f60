package quorate.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Peer;
import quorate.node.commit.CommitLinks;
import quorate.node.commit.Commits;
import quorate.node.config.Card;
import quorate.node.key.Presence;
import quorate.node.link.FrameType;
import quorate.node.link.Incarnation;
import quorate.node.link.LinkListener;
import quorate.node.link.Links;
import quorate.node.link.Refusal;
import quorate.node.link.SignedLink;
import quorate.node.pair.PairLinks;
import quorate.node.pair.Pairs;
import quorate.node.presign.PresignLinks;
import quorate.node.presign.Presignatures;
import quorate.node.session.PeerLinks;
import quorate.node.session.Sessions;

/**
 * The links as the rest of the node sees them, and the rest of the node as the links see it: hands frames to
 * sessions and commits, and remembers since when each peer is there.
 */
final class Mesh
        implements LinkListener, PeerLinks, CommitLinks, PairLinks, PresignLinks, Presence.Peers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

    /** Events are kept for ever, so a peer gets the same one recorded only so often. */
    private static final Duration ALARM_AGAIN_AFTER = Duration.ofHours(1);

    private record Attached(Sessions sessions, Commits commits, Pairs pairs) {}

    private record Presented(boolean connected, Instant since) {}

    private final Clock clock;
    private final BiConsumer<String, String> event;
    private final Map<Integer, Presented> peers = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Links>> links = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Attached>> attached = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Presignatures>> presignatures = new AtomicReference<>(Optional.empty());
    private final CommitQueue committing = new CommitQueue();
    private final CommitQueue pooling = new CommitQueue("pools");
    private final Map<String, Instant> alarms = new ConcurrentHashMap<>();

    /**
     * Nothing is connected yet.
     *
     * @param event takes what an operator should see: kind and detail
     */
    Mesh(Clock clock, BiConsumer<String, String> event) {
        this.clock = clock;
        this.event = event;
    }

    /** From now on frames have somewhere to go. Comes before {@link #connect}. */
    void attach(Sessions sessions, Commits commits, Pairs pairs) {
        attached.set(Optional.of(new Attached(sessions, commits, pairs)));
    }

    /** From now on frames about presignatures have somewhere to go. Comes before {@link #connect}. */
    void attach(Presignatures pools) {
        presignatures.set(Optional.of(pools));
    }

    /** From now on frames can be sent. */
    void connect(Links opened) {
        links.set(Optional.of(opened));
    }

    @Override
    public void up(int player, Incarnation peer) {
        LOG.info("link to player {} is up", player);
        peers.put(player, new Presented(true, clock.instant()));
        presignatures.get().ifPresent(to -> to.linkUp(player, peer.inc()));
        attached.get().ifPresent(to -> {
            to.sessions().linkUp(player, peer.inc().bytes());
            inOrder(() -> {
                to.pairs().linkUp(player);
                to.commits().linkUp(player);
            });
        });
    }

    @Override
    public void down(int player, Incarnation peer) {
        LOG.info("link to player {} is down", player);
        peers.put(player, new Presented(false, clock.instant()));
        attached.get().ifPresent(to -> to.sessions().linkDown(player));
    }

    @Override
    public void frame(int player, FrameType type, byte[] body) {
        attached.get().ifPresent(to -> {
            switch (type) {
                case SESSION -> to.sessions().received(player, body);
                case NOT_YET -> to.sessions().notYet(player, body);
                case COMMIT -> {
                    if (!committing.offer(player, body.length, () -> to.commits().received(player, body))) {
                        LOG.debug("dropped a commit frame of player {}: too many are waiting", player);
                    }
                }
                case DROP, POOL_ASK, POOL_SAY, REFILL -> presigning(player, type, body);
                case PAIR -> {
                    if (!committing.offer(player, body.length, () -> to.pairs().received(player, body))) {
                        LOG.debug("dropped a frame of player {} about a pair: too many are waiting", player);
                    }
                }
                case ABORT -> to.sessions().declined(player, body);
                // These are the links' own.
                case LINK, REMEMBERED, ACCEPTED, REFUSED, PING, PONG ->
                    LOG.warn("dropped a frame {} of player {}", type, player);
            }
        });
    }

    private void presigning(int player, FrameType type, byte[] body) {
        presignatures.get().ifPresent(to -> {
            if (!pooling.offer(player, body.length, () -> to.received(player, type, body))) {
                LOG.debug("dropped a frame {} of player {}: too many are waiting", type, player);
            }
        });
    }

    @Override
    public void refused(int player, Refusal why, boolean byPlayer) {
        var who = byPlayer
                ? "player " + player + " refused this node's link: "
                : "refused a link of player " + player + ": ";
        var now = clock.instant();
        var alarm = player + " " + why + byPlayer;
        var last = alarms.get(alarm);
        if (last == null || Duration.between(last, now).compareTo(ALARM_AGAIN_AFTER) >= 0) {
            alarms.put(alarm, now);
            event.accept("link-refused", who + why);
        }
    }

    @Override
    public void rolledBack(int witness, SignedLink evidence) {
        event.accept(
                "rolled-back",
                "player " + witness + " knows a later start of this database: it was rolled back or copied");
    }

    @Override
    public void olderCopyOfMyself(int witness, SignedLink evidence) {
        event.accept(
                "older-copy",
                "player " + witness + " knows a later link of this process: its memory was put back");
    }

    @Override
    public void sendFrame(int player, byte[] envelope) {
        try {
            send(player, FrameType.SESSION, envelope);
        } finally {
            Arrays.fill(envelope, (byte) 0);
        }
    }

    @Override
    public void sendNotYet(int player, byte[] sessionId) {
        send(player, FrameType.NOT_YET, sessionId);
    }

    @Override
    public void sendDeclined(int player, byte[] declined) {
        if (connected().contains(player)) {
            send(player, FrameType.ABORT, declined);
        }
    }

    @Override
    public void send(int player, byte[] frame) {
        send(player, FrameType.COMMIT, frame);
    }

    @Override
    public void sendAboutPair(int player, byte[] frame) {
        send(player, FrameType.PAIR, frame);
    }

    @Override
    public Set<Integer> connected() {
        return links.get().<Set<Integer>>map(Links::up).orElseGet(TreeSet::new);
    }

    @Override
    public Optional<Presence.Incarnation> current(int player) {
        return links.get()
                .flatMap(open -> open.current(player))
                .map(peer -> new Presence.Incarnation(peer.inc(), peer.dbi()));
    }

    /** Runs {@code work} in the order of the commit frames. */
    void inOrder(Runnable work) {
        committing.execute(work);
    }

    /** The links for the status report. */
    List<Peer> report(Set<Integer> players) {
        var report = new ArrayList<Peer>();
        for (int player : new TreeSet<>(players)) {
            var presented = peers.get(player);
            report.add(new Peer(
                    player,
                    presented != null && presented.connected(),
                    presented == null ? null : presented.since()));
        }
        return report;
    }

    /** Makes a link to one more player from now on. */
    void add(Card card) {
        links.get().ifPresent(open -> open.add(card));
    }

    /** Ends all links and makes them anew (PSG-7). */
    void makeAnew() {
        links.get().ifPresent(Links::makeAnew);
    }

    @Override
    public void send(int player, FrameType type, byte[] body) {
        links.get().ifPresent(open -> {
            var sent = open.send(player, type, body);
            if (!sent.queued()) {
                LOG.debug("a frame {} to player {} was not sent: {}", type, player, sent);
            }
        });
    }

    @Override
    public void close() {
        links.getAndSet(Optional.empty()).ifPresent(Links::close);
        committing.close();
        pooling.close();
    }
}
