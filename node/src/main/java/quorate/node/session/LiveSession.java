package quorate.node.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.problem.PresignatureProblems;
import quorate.node.problem.ProblemException;
import quorate.rounds.Abort;
import quorate.rounds.Channel;
import quorate.rounds.Check;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;
import quorate.rounds.Proposal;

/**
 * A running session between the links and its driver. It translates players to parties, keeps what it sent so
 * that it can be repeated to a peer that did not know the session yet or whose link came back, and wipes
 * that when the session ends.
 */
final class LiveSession implements Channel {
    /** In payloads of the greatest length: more than an honest peer can have outstanding. The rest is dropped. */
    private static final int ROOM_PAYLOADS = 8;

    private static final int AGREEING = 0;

    /** No party has this index. */
    private static final int NOBODY = 0;

    /** What a frame in the queue costs besides its payload. */
    private static final int FRAME_COST = 256;

    private static final Duration FIRST_WAIT = Duration.ofMillis(20);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Proposal proposal;
    private final SortedMap<Integer, Integer> players;
    private final PeerLinks links;
    private final PeerRooms rooms;
    private final Map<Integer, List<byte[]>> sent = new HashMap<>();
    private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
    private final Map<Integer, AtomicInteger> queued = new ConcurrentHashMap<>();
    private final int longestPayload;
    private final int room;
    private final Map<Integer, Duration> waits = new HashMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    private final LongSupplier jumps;
    private final long jumpsBefore;
    private volatile boolean agreeing = true;
    private volatile Optional<ProblemException> declined = Optional.empty();
    private volatile boolean broken;
    private boolean closed;

    /**
     * Nothing was sent yet.
     *
     * @param players by {@link quorate.rounds.Entry#address}
     * @param rooms of all sessions together
     * @param maxPayload the longest payload that a frame may have
     * @param jumps how often the clock has jumped
     */
    LiveSession(
            Proposal proposal,
            SortedMap<Integer, Integer> players,
            PeerLinks links,
            PeerRooms rooms,
            int maxPayload,
            LongSupplier jumps) {
        this.jumps = jumps;
        this.jumpsBefore = jumps.getAsLong();
        this.longestPayload = maxPayload;
        this.room = ROOM_PAYLOADS * (maxPayload + FRAME_COST);
        this.proposal = proposal;
        this.players = players;
        this.links = links;
        this.rooms = rooms;
    }

    @Override
    public void send(Outgoing outgoing) {
        int player = playerOf(outgoing.recipient());
        var envelope = outgoing.frame().encode();
        boolean mayLeave = declined.isEmpty() && (isUnbroken() || outgoing.frame().round() == Abort.ROUND);
        outgoing.frame().wipe();
        synchronized (this) {
            if (closed || !mayLeave) {
                Arrays.fill(envelope, (byte) 0);
                return;
            }
            var before = sent.computeIfAbsent(player, ignored -> new ArrayList<>());
            if (outgoing.frame().isBroadcast() && isAmong(before, envelope)) {
                return; // The node at two places has heard it.
            }
            before.add(envelope);
        }
        links.sendFrame(player, envelope.clone());
    }

    private static boolean isAmong(List<byte[]> envelopes, byte[] envelope) {
        return envelopes.stream().anyMatch(sent -> Arrays.equals(sent, envelope));
    }

    @Override
    public Optional<Delivery> receive(Duration patience) throws InterruptedException {
        requireUnbroken();
        var delivery = Optional.ofNullable(queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        delivery.ifPresent(this::forget);
        if (broken) {
            delivery.ifPresent(frame -> frame.frame().wipe());
        }
        requireUnbroken();
        return delivery;
    }

    int longestPayload() {
        return longestPayload;
    }

    /** PSG-7: asked before each release of a one-time value. */
    private boolean isUnbroken() {
        if (jumps.getAsLong() != jumpsBefore) {
            abort();
        }
        return !broken;
    }

    /** Nothing leaves any more but an abort, and the driver ends. */
    void abort() {
        if (!broken) {
            broken = true;
            queue.add(new Delivery(NOBODY, abortOf(NOBODY)));
        }
    }

    /** @throws ProblemException if the clock jumped since this session began */
    void requireUnbroken() {
        if (broken) {
            throw PresignatureProblems.clockJumped();
        }
    }

    /**
     * A frame of {@code player}, authenticated by its link.
     *
     * @return false if there is no room for it now, and its sender should repeat it
     */
    boolean deliver(int player, Frame frame) {
        // A node may sit in two places: which of them speaks is its own to say, that it is one of its own is not.
        boolean mayBe = players.getOrDefault(frame.sender(), NOBODY) == player;
        boolean forMe = frame.isBroadcast() || frame.receiver() == proposal.me().address();
        var reception = mayBe && forMe ? enqueue(frame.sender(), frame) : Reception.UNWANTED;
        if (reception != Reception.QUEUED) {
            frame.wipe();
        }
        return reception != Reception.NO_ROOM;
    }

    private enum Reception {
        QUEUED,
        UNWANTED,
        NO_ROOM
    }

    /** Unwanted is what nobody will take, and what an honest peer would not send: more than may wait in one session. */
    private synchronized Reception enqueue(int party, Frame frame) {
        int cost = cost(frame);
        if (closed) {
            return Reception.UNWANTED;
        }
        if (queued(party).addAndGet(cost) > room) {
            queued(party).addAndGet(-cost);
            return Reception.UNWANTED;
        }
        int player = playerOf(party);
        if (isMine(player)) {
            rooms.add(player, cost);
        } else if (!rooms.take(player, cost)) {
            queued(party).addAndGet(-cost);
            return Reception.NO_ROOM;
        }
        queue.add(new Delivery(party, frame));
        return Reception.QUEUED;
    }

    /** It waits no more. */
    private void forget(Delivery delivery) {
        int cost = cost(delivery.frame());
        if (delivery.sender() != NOBODY) {
            queued(delivery.sender()).addAndGet(-cost);
            rooms.give(playerOf(delivery.sender()), cost);
        }
    }

    private AtomicInteger queued(int party) {
        return queued.computeIfAbsent(party, ignored -> new AtomicInteger());
    }

    private static int cost(Frame frame) {
        return frame.payload().length + FRAME_COST;
    }

    /**
     * Says everything once more that {@code player} may have missed. A repetition is harmless (COM-2), and in one step with
     * the look at what there is: after {@link #silence} nothing of it is on its way.
     */
    synchronized void repeat(int player) {
        sent.getOrDefault(player, List.of()).forEach(envelope -> links.sendFrame(player, envelope.clone()));
    }

    /** The pair with {@code player} is banned: what was said to it before is not said again (protocols.md 3.6). */
    synchronized void silence(int player) {
        waiting.remove(player);
        Optional.ofNullable(sent.remove(player))
                .ifPresent(frames -> frames.forEach(envelope -> Arrays.fill(envelope, (byte) 0)));
    }

    /** How long to wait before {@code player} is told everything again; empty if it is waited for already. */
    synchronized Optional<Duration> postpone(int player) {
        if (closed || !waiting.add(player)) {
            return Optional.empty();
        }
        var wait = waits.getOrDefault(player, FIRST_WAIT);
        var doubled = wait.multipliedBy(2);
        waits.put(player, doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled);
        return Optional.of(wait);
    }

    /** The wait that {@link #postpone} named is over. */
    synchronized void repeatAfterWait(int player) {
        // In one step: whoever closes this session meanwhile repeats it, or we have done so already.
        waiting.remove(player);
        repeat(player);
    }

    /** Whether the process at the other end of a link is still the one that this session was begun with. */
    boolean isWith(int player, byte[] incarnation) {
        return partyOf(player)
                .flatMap(proposal::participant)
                .map(entry -> Arrays.equals(entry.incarnation(), incarnation))
                .orElse(true);
    }

    /** The process of {@code player} is gone, and with it its part of this session. That needs no room. */
    void lose(int player) {
        partyOf(player).ifPresent(party -> lost(party, abortOf(party)));
    }

    private synchronized void lost(int party, Frame abort) {
        if (!closed) {
            queued(party).addAndGet(cost(abort));
            rooms.add(playerOf(party), cost(abort));
            queue.add(new Delivery(party, abort));
        }
    }

    /** The session waits in this round. */
    void reached(int round) {
        agreeing = round == AGREEING;
    }

    /**
     * {@code player} will not take part: its own caller was refused. That ends a session that waits for everybody's AGREE,
     * and without a word: whoever declines tells the others itself, who else would learn of it from us, without the reason.
     */
    void decline(int player, ProblemCode reason) {
        if (agreeing && includes(player)) {
            declined = Optional.of(new ProblemException(problem(player, reason)));
            lose(player);
        }
    }

    private static Problem problem(int player, ProblemCode reason) {
        var said = "player " + player + " refused its part in the session: " + reason + " (" + reason.title() + ")";
        return switch (reason) {
            case PAUSED, BUSY -> Problem.of(reason, said);
            default -> Problem.of(ProblemCode.PEER_ABORTED, said);
        };
    }

    /** @throws ProblemException if a player declined to take part in this session */
    void requireEverybody() {
        declined.ifPresent(problem -> {
            throw problem;
        });
    }

    /** An abort as if {@code party} had sent it. */
    private Frame abortOf(int party) {
        var gone = new Abort(Check.Verdict.FAIL, List.of()).encode();
        return Frame.direct(
                proposal.sessionId(),
                proposal.operation().protocolId(),
                Abort.ROUND,
                party,
                proposal.me().address(),
                gone);
    }

    boolean isOn(byte[] keyId) {
        return Arrays.equals(proposal.keyId(), keyId);
    }

    boolean isOffered(byte[] shareId) {
        return proposal.offers().stream().anyMatch(offer -> Arrays.equals(offer.shareId(), shareId));
    }

    /** Whether this is the player that this node is. */
    boolean isMine(int player) {
        return players.getOrDefault(proposal.me().address(), NOBODY) == player;
    }

    boolean includes(int player) {
        return partyOf(player).isPresent();
    }

    /**
     * Wipes what was sent and not read. A peer that is still owed a repetition gets it first: it has begun since,
     * or this session would not have ended, and nobody could tell it later.
     */
    void close() {
        Set<Integer> owed;
        synchronized (this) {
            owed = Set.copyOf(waiting);
        }
        owed.forEach(this::repeat);
        synchronized (this) {
            closed = true;
            sent.values().forEach(frames -> frames.forEach(envelope -> Arrays.fill(envelope, (byte) 0)));
            sent.clear();
            for (var left = queue.poll(); left != null; left = queue.poll()) {
                left.frame().wipe();
                forget(left);
            }
        }
    }

    private Optional<Integer> partyOf(int player) {
        return players.entrySet().stream()
                .filter(entry -> entry.getValue() == player)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private int playerOf(int party) {
        var player = players.get(party);
        if (player == null) {
            throw new IllegalArgumentException("no player is party " + party);
        }
        return player;
    }
}
