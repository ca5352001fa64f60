package quorate.node.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import quorate.algebra.Groups;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.node.key.Self;
import quorate.rounds.Driver;
import quorate.rounds.Entry;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.rounds.Session;
import quorate.rounds.Step;
import quorate.rounds.Workers;

/** Players 1 and 2 and a link between them that can be cut; a session of theirs agrees and is done. */
final class SessionPair implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MAX_PAYLOAD = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<NodeIdentity> IDENTITIES = List.of(
            NodeIdentity.generate(1, List.of(), RANDOM), NodeIdentity.generate(2, List.of(), RANDOM));

    final Node one = new Node(1);
    final Node two = new Node(2);
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean cut;

    final class Node implements PeerLinks, AutoCloseable {
        final Self self;
        final Sessions sessions;
        final AtomicInteger saidNotYet = new AtomicInteger();
        final AtomicInteger saidDeclined = new AtomicInteger();
        final AtomicLong jumps = new AtomicLong();
        final PeerRooms rooms = new PeerRooms();
        private final ExecutorService link = Executors.newSingleThreadExecutor();

        private Node(int player) {
            var identity = IDENTITIES.get(player - 1);
            self = new Self(identity, random(), random());
            var driver = new Driver(Workers.none(), System::nanoTime, Duration.ofMillis(100));
            sessions = new Sessions(this, driver, identity.statements(), new Statements(), MAX_PAYLOAD, jumps::get);
        }

        @Override
        public void sendFrame(int player, byte[] envelope) {
            deliver(() -> other().sessions.received(self.player(), envelope));
        }

        @Override
        public void sendNotYet(int player, byte[] sessionId) {
            saidNotYet.incrementAndGet();
            deliver(() -> other().sessions.notYet(self.player(), sessionId));
        }

        @Override
        public void sendDeclined(int player, byte[] declined) {
            saidDeclined.incrementAndGet();
            deliver(() -> other().sessions.declined(self.player(), declined));
        }

        private Node other() {
            return this == one ? two : one;
        }

        private void deliver(Runnable arrival) {
            if (!cut) {
                try {
                    link.execute(arrival);
                } catch (RejectedExecutionException e) {
                    // The pair is closed: so is its link.
                    return;
                }
            }
        }

        Future<String> begin(byte[] sessionId) {
            return running.submit(session(sessionId));
        }

        Callable<String> session(byte[] sessionId) {
            return () -> sessions.run(
                    proposal(sessionId), players(), LIMIT, agreement -> new Step.Done<>("agreed"));
        }

        /** What this node says first in a session, for somebody else to deliver. */
        byte[] agree(byte[] sessionId) {
            var statements = IDENTITIES.get(self.player() - 1).statements();
            Protocol<String> protocol = agreement -> new Step.Done<>("agreed");
            var session = new Session<>(proposal(sessionId), statements, new Statements(), MAX_PAYLOAD, protocol);
            return session.start().getFirst().frame().encode();
        }

        LiveSession liveSession(int maxPayload) {
            return new LiveSession(proposal(sessionId()), players(), this, rooms, maxPayload, jumps::get);
        }

        Proposal proposal(byte[] sessionId) {
            return new Proposal(
                    Operation.KEYGEN,
                    Groups.ED25519,
                    2,
                    new byte[] {'k'},
                    2,
                    1,
                    new byte[Bytes32.LENGTH],
                    entries(),
                    self.entry(self.player()),
                    sessionId,
                    List.of(),
                    List.of(),
                    new byte[0],
                    new byte[0],
                    new byte[0]);
        }

        @Override
        public void close() {
            link.shutdownNow();
        }
    }

    private List<Entry> entries() {
        return List.of(one.self.entry(1), two.self.entry(2));
    }

    private static SortedMap<Integer, Integer> players() {
        var players = new TreeMap<Integer, Integer>();
        players.put(1, 1);
        players.put(2, 2);
        return players;
    }

    static Bytes32 random() {
        var bytes = new byte[Bytes32.LENGTH];
        RANDOM.nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    static byte[] sessionId() {
        return random().bytes();
    }

    /** From now on everything that is sent is lost. */
    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() {
        running.shutdownNow();
        one.close();
        two.close();
    }
}
