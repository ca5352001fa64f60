package quorate.node.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.ProblemCode;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Driver;
import quorate.rounds.Frame;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.rounds.Session;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/**
 * Runs sessions and gives them what arrives over the links. A session begins when this node's own caller
 * asks for it; frames that come earlier are answered NOT_YET and kept within a limit (protocols.md 0.4).
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int SESSION_ID_AT = 1;
    private static final int REMEMBERED_IDS = 100_000;

    /** Requests that were refused, of callers with a credential: the others in them ask within moments. */
    private static final int REMEMBERED_DECLINED = 1_000;

    private final PeerLinks links;
    private final Driver driver;
    private final StatementSigner signer;
    private final StatementVerifier verifier;
    private final int maxPayload;
    private final LongSupplier jumps;
    private final Map<SessionId, Table> live = new ConcurrentHashMap<>();
    private final EarlyFrames early = new EarlyFrames();
    private final Map<SessionId, Declined> declined = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Declined> eldest) {
            return size() > REMEMBERED_DECLINED;
        }
    };
    private final PeerRooms rooms = new PeerRooms();
    private final Set<SessionId> used = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Boolean> eldest) {
            return size() > REMEMBERED_IDS;
        }
    });

    /**
     * No session runs yet.
     *
     * @param maxPayload the longest payload of a frame in sessions that make no presignatures
     * @param jumps how often the clock has jumped: no session survives that (PSG-7)
     */
    public Sessions(
            PeerLinks links,
            Driver driver,
            StatementSigner signer,
            StatementVerifier verifier,
            int maxPayload,
            LongSupplier jumps) {
        this.links = links;
        this.driver = driver;
        this.signer = signer;
        this.verifier = verifier;
        this.maxPayload = maxPayload;
        this.jumps = jumps;
    }

    /**
     * Runs one session on the calling thread to its end.
     *
     * @param players by party index
     * @param limit how long the others may take
     */
    public <R> R run(Proposal proposal, SortedMap<Integer, Integer> players, Duration limit, Protocol<R> protocol)
            throws CeremonyException, SessionUsed, InterruptedException {
        return run(proposal, players, limit, protocol, round -> {});
    }

    /** The same, telling which round the session waits in. */
    public <R> R run(
            Proposal proposal,
            SortedMap<Integer, Integer> players,
            Duration limit,
            Protocol<R> protocol,
            Driver.Progress progress)
            throws CeremonyException, SessionUsed, InterruptedException {
        var seat = new Seat<>(proposal, protocol, progress);
        var table = sit(players, seat);
        try {
            return drive(seat, table.seats().getFirst(), limit);
        } finally {
            leave(table);
        }
    }

    /**
     * Runs both seats of this node in one session: as an old party and as a member of the new committee (protocols.md
     * 5.2). Each has messages and randomness of its own; what they tell one another does not leave this process.
     *
     * @param players by {@link quorate.rounds.Entry#address}
     * @throws CeremonyException of the seat that knows most: what one gave up for, the other only hears of
     */
    public <A, B> Both<A, B> run(
            Seat<A> first, Seat<B> second, SortedMap<Integer, Integer> players, Duration limit)
            throws CeremonyException, SessionUsed, InterruptedException {
        var table = sit(players, first, second);
        var other = new FutureTask<>(() -> drive(second, table.seats().getLast(), limit));
        var thread = Thread.ofVirtual().name("second-seat").start(other);
        try {
            var mine = drive(first, table.seats().getFirst(), limit);
            return new Both<>(mine, result(other));
        } catch (Aborted heard) {
            result(other);
            throw heard;
        } finally {
            thread.interrupt();
            thread.join();
            leave(table);
        }
    }

    /** What the two seats of this node came to. */
    public record Both<A, B>(A first, B second) {}

    private static <R> R result(FutureTask<R> seat) throws CeremonyException, InterruptedException {
        try {
            return seat.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CeremonyException failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private Table sit(SortedMap<Integer, Integer> players, Seat<?>... seats) throws SessionUsed {
        var id = new SessionId(seats[0].proposal().sessionId());
        var table = new Table(id, links);
        for (var seat : seats) {
            int longest = Math.max(maxPayload, Payloads.longest(seat.proposal()));
            table.add(new LiveSession(seat.proposal(), players, table, rooms, longest, jumps));
        }
        synchronized (used) {
            if (!used.add(id)) {
                throw new SessionUsed(id);
            }
            declined.remove(id);
            live.put(id, table);
        }
        Set.copyOf(players.values()).forEach(player -> early.take(player, id)
                .forEach(envelope -> table.deliver(player, envelope)));
        return table;
    }

    private <R> R drive(Seat<R> seat, LiveSession session, Duration limit)
            throws CeremonyException, InterruptedException {
        try {
            var result = driver.run(
                    new Session<>(seat.proposal(), signer, verifier, session.longestPayload(), seat.protocol()),
                    session,
                    limit,
                    round -> {
                        session.reached(round);
                        seat.progress().onRound(round);
                    });
            session.requireUnbroken();
            return result;
        } catch (Aborted e) {
            session.requireEverybody();
            throw e;
        }
    }

    private void leave(Table table) {
        live.remove(table.id());
        table.seats().forEach(LiveSession::close);
    }

    /** An envelope came from {@code player}. */
    public void received(int player, byte[] envelope) {
        if (envelope.length < Frame.HEADER_BYTES) {
            LOG.warn("dropped a frame of {} bytes from player {}: shorter than its header", envelope.length, player);
            return;
        }
        var id = new SessionId(Arrays.copyOfRange(envelope, SESSION_ID_AT, SESSION_ID_AT + Frame.SESSION_BYTES));
        Table table;
        boolean unknown;
        Optional<Declined> refused;
        synchronized (used) {
            table = live.get(id);
            refused = Optional.ofNullable(declined.get(id));
            unknown = table == null && refused.isEmpty() && !used.contains(id);
            if (unknown) {
                early.keep(player, id, envelope); // from here on it belongs to the session, which may begin at once
            }
        }
        if (table != null) {
            table.deliver(player, envelope);
        } else if (unknown) {
            links.sendNotYet(player, id.bytes());
        } else {
            Arrays.fill(envelope, (byte) 0);
            // Shorter than what it answers.
            refused.ifPresent(reason -> links.sendDeclined(player, reason.encode()));
        }
    }

    /**
     * This node's own caller was refused before its session began: tells the other players of the request, now and when they
     * speak in that session, so that they do not wait for this node until their deadline.
     *
     * @param players of the request, as far as they are known
     */
    public void decline(byte[] sessionId, Collection<Integer> players, ProblemCode reason) {
        var refused = new Declined(new SessionId(sessionId), reason);
        synchronized (used) {
            if (used.contains(refused.session())) {
                return; // whoever takes part in it hears its end
            }
            declined.put(refused.session(), refused);
        }
        players.forEach(player -> {
            early.take(player, refused.session()).forEach(envelope -> Arrays.fill(envelope, (byte) 0));
            links.sendDeclined(player, refused.encode());
        });
    }

    /** {@code player} will not take part in a session. */
    public void declined(int player, byte[] body) {
        Declined.decode(body).ifPresent(refused -> {
            var table = live.get(refused.session());
            if (table != null) {
                table.seats().forEach(session -> session.decline(player, refused.reason()));
            }
        });
    }

    /** {@code player} does not know this session yet: its frames are repeated after a while. */
    public void notYet(int player, byte[] sessionId) {
        var table = sessionId.length == Frame.SESSION_BYTES ? live.get(new SessionId(sessionId)) : null;
        if (table != null) {
            table.seats().forEach(session -> session.postpone(player)
                    .ifPresent(wait -> Thread.ofVirtual().start(() -> repeatAfter(wait, player, session))));
        }
    }

    private static void repeatAfter(Duration wait, int player, LiveSession session) {
        try {
            Thread.sleep(wait);
            session.repeatAfterWait(player);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The link to {@code player} is up, with this process at the other end. */
    public void linkUp(int player, byte[] incarnation) {
        seats().filter(session -> session.includes(player)).forEach(session -> {
            if (session.isWith(player, incarnation)) {
                session.repeat(player);
            } else {
                session.lose(player);
            }
        });
    }

    /** The link to {@code player} is down. Its sessions wait for it until their deadline. */
    public void linkDown(int player) {
        early.forget(player);
    }

    /** PSG-7: the clock jumped. Ends every session; its caller gets CLOCK_JUMPED, the others an abort. */
    public void abortAll() {
        seats().forEach(LiveSession::abort);
    }

    /** Ends every session on this key in which {@code player} takes part, as if it had aborted: their pair is banned. It is told nothing again. */
    public void abort(byte[] keyId, int player) {
        seats().filter(session -> session.isOn(keyId))
                .forEach(session -> {
                    session.silence(player);
                    session.lose(player);
                });
    }

    /** Whether a session is running that was offered this sharing of a key. */
    public boolean areOffered(byte[] keyId, byte[] shareId) {
        return seats().anyMatch(session -> session.isOn(keyId) && session.isOffered(shareId));
    }

    /** How many sessions run. */
    public int running() {
        return live.size();
    }

    private Stream<LiveSession> seats() {
        return live.values().stream().flatMap(table -> table.seats().stream());
    }
}
