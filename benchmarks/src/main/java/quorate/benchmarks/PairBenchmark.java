package quorate.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.HashToCurve;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.pair.PairAnswer;
import quorate.pair.PairExchange;
import quorate.pair.PairInvitation;
import quorate.pair.PairState;
import quorate.pair.PairTerms;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;

/**
 * The set-up of one pair, step by step. Each step is one party's work for one other party: the invitation is Alice's
 * first half of base OT in one direction, the answer is Bob's part of the other direction, the end is Alice's second
 * half.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PairBenchmark {
    private static final byte[] MESSAGE = new byte[90];

    private final HashToCurve toCurve = HashToCurve.p256("benchmark".getBytes(US_ASCII));
    private Secrets scope = new Secrets();
    private Draw draw = source(scope);
    private PairExchange one = PairExchange.start(terms(1, 2), draw, scope);
    private PairInvitation ofTwo = PairExchange.start(terms(2, 1), draw, scope).invitation();

    @Setup(Level.Iteration)
    public void start() {
        scope = new Secrets();
        draw = source(scope);
        one = PairExchange.start(terms(1, 2), draw, scope);
        ofTwo = PairExchange.start(terms(2, 1), draw, scope).invitation();
    }

    @TearDown(Level.Iteration)
    public void wipe() {
        scope.close();
    }

    private static PairTerms terms(int me, int peer) {
        return new PairTerms(new byte[32], 0, 0, me, peer);
    }

    private static Draw source(Secrets scope) {
        var entry = new Entry(0, 1, new byte[32], new byte[32], new byte[32], new byte[32]);
        return new HedgedDraw(new SecureRandom(), new byte[32], entry, scope);
    }

    @Benchmark
    public Point hashToCurve() {
        return toCurve.hash(MESSAGE);
    }

    @Benchmark
    public PairInvitation invite() {
        try (var secrets = new Secrets()) {
            return PairExchange.start(terms(1, 2), draw, secrets).invitation();
        }
    }

    @Benchmark
    public PairAnswer answer() throws DecodingException {
        return one.answer(ofTwo).answer();
    }

    /** Both directions, both parties: four times the work of one party for one direction. */
    @Benchmark
    public PairState wholePair() throws DecodingException {
        try (var secrets = new Secrets()) {
            var a = PairExchange.start(terms(1, 2), draw, secrets);
            var b = PairExchange.start(terms(2, 1), draw, secrets);
            var answeredA = a.answer(b.invitation());
            var answeredB = b.answer(a.invitation());
            answeredB.finish(answeredA.answer());
            return answeredA.finish(answeredB.answer());
        }
    }
}
