package quorate.node.commit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.CommitMachine;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.commit.Seat;
import quorate.commit.SetupVector;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.Subject;
import quorate.commit.Verb;
import quorate.node.StoppedCluster.Dealt;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.Statements;
import quorate.node.key.HeldSharings;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.rounds.Refused;
import quorate.store.Database;

/** Three nodes with real databases, and between them a network that the test delivers frame by frame. */
final class CommitNet implements AutoCloseable {
    static final Duration PENDING_DEADLINE = Duration.ofMinutes(10);
    private static final Degrees DEGREES = Degrees.of(1);

    private final StoppedCluster cluster;
    private final Map<Integer, Running> nodes = new TreeMap<>();
    private final List<Flying> flying = new ArrayList<>();
    private final Set<Integer> unreachable = new TreeSet<>();
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");

    private record Flying(int from, int to, byte[] frame) {}

    /**
     * One node.
     *
     * @param events details of what its operator should see
     * @param sessions the sharings that running sessions were offered
     */
    record Running(
            Self self,
            Database database,
            KeyRing ring,
            Commits commits,
            List<String> rolledBack,
            List<String> events,
            Set<Octets> sessions) {}

    CommitNet(StoppedCluster cluster) {
        this.cluster = cluster;
        for (int player = 1; player <= 3; player++) {
            start(player);
        }
    }

    Running node(int player) {
        return Objects.requireNonNull(nodes.get(player));
    }

    private void start(int player) {
        var identity = cluster.setup(player).identity();
        var database = cluster.open(player);
        var self = new Self(
                identity, random(), Bytes32.of(database.node().dbi().toArray()));
        var rolledBack = new ArrayList<String>();
        var ring = new KeyRing(database, self);
        var sessions = new HashSet<Octets>();
        var events = new ArrayList<String>();
        var commits = new Commits(
                machine(self),
                this::statementKey,
                self.identity().statements(),
                new Statements(),
                database,
                new HeldSharings(database, ring, (keyId, shareId) -> sessions.contains(Octets.of(shareId))),
                links(player),
                () -> others(player),
                clock(),
                PENDING_DEADLINE,
                (kind, detail) -> (kind.equals("rolled-back") ? rolledBack : events).add(detail));
        nodes.put(player, new Running(self, database, ring, commits, rolledBack, events, sessions));
        commits.resume();
    }

    CommitMachine machine(Self self) {
        return new CommitMachine(
                Octets.of(self.id().bytes()),
                Octets.of(self.database().bytes()),
                this::statementKey,
                self.identity().statements(),
                new Statements());
    }

    private static Bytes32 random() {
        var bytes = new byte[Bytes32.LENGTH];
        StoppedCluster.RANDOM.nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    private Optional<byte[]> statementKey(Octets id) {
        return cluster.setup(1).roster().players().stream()
                .filter(card -> Octets.of(card.id().bytes()).equals(id))
                .map(card -> card.statementKey().bytes())
                .findFirst();
    }

    private Map<Octets, Integer> others(int me) {
        var others = new HashMap<Octets, Integer>();
        cluster.setup(1).roster().players().stream()
                .filter(card -> card.player() != me)
                .forEach(card -> others.put(Octets.of(card.id().bytes()), card.player()));
        return others;
    }

    private CommitLinks links(int me) {
        return new CommitLinks() {
            @Override
            public void send(int player, byte[] frame) {
                flying.add(new Flying(me, player, frame));
            }

            @Override
            public Set<Integer> connected() {
                var connected = new TreeSet<>(nodes.keySet());
                connected.remove(me);
                connected.removeAll(unreachable);
                return unreachable.contains(me) ? Set.of() : connected;
            }
        };
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** The process dies, and what was on its way to it is lost; then it starts again on its database. */
    void restart(int player) {
        node(player).database().close();
        flying.removeIf(frame -> frame.to() == player || frame.from() == player);
        start(player);
    }

    /** The same, on a database that was put back to what it was. */
    void restartAfter(int player, CheckedWork meanwhile) throws Exception {
        node(player).database().close();
        flying.clear();
        meanwhile.run();
        start(player);
    }

    @FunctionalInterface
    interface CheckedWork {
        void run() throws Exception;
    }

    void unreachable(int player) {
        unreachable.add(player);
    }

    void reachable(int player) {
        unreachable.remove(player);
    }

    /** As the agreement of the session lists it. */
    Operation operation(Dealt key, Octets opId) {
        return new Operation(
                1,
                opId,
                Octets.of(key.description().keyId().getBytes(StandardCharsets.UTF_8)),
                Octets.EMPTY,
                0,
                Octets.of(key.shareId().toArray()),
                nodes.entrySet().stream()
                        .map(node -> Participant.of(node.getValue().self().entry(node.getKey())))
                        .toList(),
                Octets.of(new byte[Bytes32.LENGTH]));
    }

    /** The same for a key of which all hold the sharing {@code base}. */
    Operation reshare(Dealt next, Dealt base, Octets opId) {
        var made = operation(next, opId);
        return new Operation(
                2,
                opId,
                made.keyId(),
                Octets.of(base.shareId().toArray()),
                next.key(1).sharing().epoch(),
                made.newShareId(),
                made.participants(),
                made.confirmation());
    }

    /** The session of a reshare has its result. */
    CompletableFuture<State> replace(int player, Operation operation, Dealt next) throws Refused {
        return node(player)
                .commits()
                .prepare(
                        operation,
                        DEGREES,
                        SetupVector.NONE,
                        next.key(player).stored(),
                        next.share(player),
                        List.of());
    }

    /** What a player signs that keeps to no rule: any verb, of any operation in which it has listed itself. */
    Statement says(int player, Verb verb, Operation operation, Seat seat) {
        try {
            var subject = new Subject(operation, SetupVector.NONE, seat).encode();
            var signature = node(player).self().identity().statements().sign(Statement.digest(verb, subject));
            return Statement.decode(Encoding.concat(
                    Encoding.i2osp(verb.code(), 1), Encoding.i2osp(subject.length, 4), subject, signature));
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A restore: the database as it was when it was copied to {@code saved}, with a new history. */
    void putBack(int player, Path saved) throws Exception {
        restartAfter(player, () -> {
            ReshareCommitTest.copy(saved, cluster.data(player));
            try (var database = cluster.open(player)) {
                database.newDatabaseIncarnation();
            }
        });
    }

    /** Delivers one frame to its receiver, which dies before it writes anything or before it says anything. */
    int crashAt(boolean beforeTheWrite) {
        var frame = flying.removeFirst();
        if (!beforeTheWrite) {
            deliver(frame);
        }
        restart(frame.to());
        return frame.to();
    }

    static Octets opId() {
        return Octets.of(random().bytes());
    }

    void prepare(int player, Operation operation, Dealt key) throws Refused {
        var _ = begin(player, operation, key);
    }

    /** The same, for who waits for the end. */
    CompletableFuture<State> begin(int player, Operation operation, Dealt key) throws Refused {
        return node(player)
                .commits()
                .prepare(
                        operation,
                        DEGREES,
                        SetupVector.NONE,
                        key.description(),
                        key.key(player).stored(),
                        key.share(player),
                        List.of());
    }

    Optional<State> state(int player, Operation operation) {
        return node(player).commits().find(operation.keyId(), operation.opId()).map(record -> record.state());
    }

    List<Optional<State>> states(Operation operation) {
        return List.of(state(1, operation), state(2, operation), state(3, operation));
    }

    int flying() {
        return flying.size();
    }

    void loseEverything() {
        flying.clear();
    }

    /** Delivers one of the frames, and maybe keeps it to deliver it again. */
    void deliverAny(Random random) {
        int at = random.nextInt(flying.size());
        var frame = random.nextInt(4) == 0 ? flying.get(at) : flying.remove(at);
        deliver(frame);
    }

    void deliverFirst() {
        deliver(flying.removeFirst());
    }

    void deliverAll() {
        for (int left = 10_000; !flying.isEmpty() && left > 0; left--) {
            deliverFirst();
        }
    }

    private void deliver(Flying frame) {
        if (!unreachable.contains(frame.to()) && !unreachable.contains(frame.from())) {
            node(frame.to()).commits().received(frame.from(), frame.frame());
        }
    }

    void linkUp(int one, int other) {
        node(one).commits().linkUp(other);
        node(other).commits().linkUp(one);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void tick() {
        nodes.values().forEach(node -> node.commits().tick());
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.database().close());
    }
}
