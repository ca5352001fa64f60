package quorate.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.keygen.Keygen;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Operation;
import quorate.rounds.Outgoing;
import quorate.rounds.Proposal;
import quorate.rounds.Session;

/**
 * Key generation of all three parties, threshold 2, one after the other on one thread: real sessions, but neither a network
 * nor signatures. A node does a third of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class KeygenBenchmark {
    private static final int PARTIES = 3;
    private static final int MAX_PAYLOAD = 1 << 16;

    /** 1 ECDSA, 2 Schnorr. */
    @Param({"1", "2"})
    int scheme;

    private final SecureRandom random = new SecureRandom();

    private record Flight(int sender, Outgoing outgoing) {}

    @Benchmark
    public NewShare secp256k1() throws CeremonyException {
        try (var scope = new Secrets()) {
            var entries = IntStream.rangeClosed(1, PARTIES).mapToObj(this::entry).toList();
            var sessionId = bytes();
            var sessions = new HashMap<Integer, Session<NewShare>>();
            entries.forEach(me -> sessions.put(me.index(), session(me, entries, sessionId, scope)));
            deliver(sessions);
            for (var session : sessions.values()) {
                session.result();
            }
            return sessions.get(1).result();
        }
    }

    private static void deliver(Map<Integer, Session<NewShare>> sessions) {
        var flights = new ArrayDeque<Flight>();
        sessions.forEach((party, session) -> send(flights, party, session.start()));
        while (!flights.isEmpty()) {
            var flight = flights.remove();
            int receiver = flight.outgoing().recipient();
            var frame = flight.outgoing().frame();
            send(flights, receiver, sessions.get(receiver).receive(flight.sender(), frame));
        }
    }

    private static void send(ArrayDeque<Flight> flights, int sender, List<Outgoing> frames) {
        frames.forEach(outgoing -> flights.add(new Flight(sender, outgoing)));
    }

    private Session<NewShare> session(Entry me, List<Entry> entries, byte[] sessionId, Secrets scope) {
        var proposal = new Proposal(
                Operation.KEYGEN,
                Groups.SECP256K1,
                scheme,
                "benchmark".getBytes(US_ASCII),
                PARTIES,
                1,
                new byte[32],
                entries,
                me,
                sessionId,
                List.of(new byte[0]),
                List.of(),
                new byte[0],
                new byte[0],
                new byte[0]);
        var draw = new HedgedDraw(random, new byte[32], me, scope);
        return new Session<>(
                proposal,
                digest -> new byte[64],
                (key, digest, signature) -> true,
                MAX_PAYLOAD,
                agreement -> Keygen.start(agreement, draw, scope));
    }

    private Entry entry(int party) {
        return new Entry(0, party, bytes(), bytes(), bytes(), bytes());
    }

    private byte[] bytes() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
