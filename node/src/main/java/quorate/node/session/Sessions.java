package quorate.node.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
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

    private final PeerLinks links;
    private final Driver driver;
    private final StatementSigner signer;
    private final StatementVerifier verifier;
    private final int maxPayload;
    private final LongSupplier jumps;
    private final Map<SessionId, LiveSession> live = new ConcurrentHashMap<>();
    private final EarlyFrames early = new EarlyFrames();
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
        var id = new SessionId(proposal.sessionId());
        int longest = Math.max(maxPayload, Payloads.longest(proposal));
        var session = new LiveSession(proposal, players, links, rooms, longest, jumps);
        synchronized (used) {
            if (!used.add(id)) {
                throw new SessionUsed(id);
            }
            live.put(id, session);
        }
        try {
            players.values().forEach(player -> early.take(player, id)
                    .forEach(envelope -> decode(player, id, envelope, session)));
            var result = driver.run(
                    new Session<>(proposal, signer, verifier, longest, protocol),
                    session,
                    limit,
                    progress);
            session.requireUnbroken();
            return result;
        } finally {
            live.remove(id);
            session.close();
        }
    }

    /** An envelope came from {@code player}. */
    public void received(int player, byte[] envelope) {
        if (envelope.length < Frame.HEADER_BYTES) {
            LOG.warn("dropped a frame of {} bytes from player {}: shorter than its header", envelope.length, player);
            return;
        }
        var id = new SessionId(Arrays.copyOfRange(envelope, SESSION_ID_AT, SESSION_ID_AT + Frame.SESSION_BYTES));
        LiveSession session;
        boolean unknown;
        synchronized (used) {
            session = live.get(id);
            unknown = session == null && !used.contains(id);
            if (unknown) {
                early.keep(player, id, envelope); // from here on it belongs to the session, which may begin at once
            }
        }
        if (session != null) {
            decode(player, id, envelope, session);
        } else if (unknown) {
            links.sendNotYet(player, id.bytes());
        } else {
            Arrays.fill(envelope, (byte) 0);
        }
    }

    /** {@code player} does not know this session yet: its frames are repeated after a while. */
    public void notYet(int player, byte[] sessionId) {
        var session = sessionId.length == Frame.SESSION_BYTES ? live.get(new SessionId(sessionId)) : null;
        if (session != null) {
            session.postpone(player)
                    .ifPresent(wait -> Thread.ofVirtual().start(() -> repeatAfter(wait, player, session)));
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
        live.values().stream().filter(session -> session.includes(player)).forEach(session -> {
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
        live.values().forEach(LiveSession::abort);
    }

    /** Ends every session on this key in which {@code player} takes part, as if it had aborted: their pair is banned. It is told nothing again. */
    public void abort(byte[] keyId, int player) {
        live.values().stream()
                .filter(session -> session.isOn(keyId))
                .forEach(session -> {
                    session.silence(player);
                    session.lose(player);
                });
    }

    /** Whether a session is running that was offered this sharing of a key. */
    public boolean areOffered(byte[] keyId, byte[] shareId) {
        return live.values().stream().anyMatch(session -> session.isOn(keyId) && session.isOffered(shareId));
    }

    /** How many sessions run. */
    public int running() {
        return live.size();
    }

    private void decode(int player, SessionId id, byte[] envelope, LiveSession session) {
        try {
            if (!session.deliver(player, Frame.decode(envelope, session.longestPayload()))) {
                links.sendNotYet(player, id.bytes());
            }
        } catch (DecodingException e) {
            LOG.warn("dropped a malformed frame from player {}: {}", player, e.getMessage());
        } finally {
            Arrays.fill(envelope, (byte) 0);
        }
    }
}
