package quorate.benchmarks;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.Secrets;
import quorate.vole.OtReceiver;
import quorate.vole.OtSender;

/** One OT extension of 768 OTs (protocols.md 2.3), each side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OteBenchmark {
    private final SecureRandom random = new SecureRandom();
    private final Secrets scope = new Secrets();
    private final DealtPair.Direction base = DealtPair.Direction.deal(random, scope);
    private final DealtPair.PlainDraw draw = new DealtPair.PlainDraw(random);
    private final byte[] sid = DealtPair.bytes(random, 32);
    private final byte[] message = message();

    private byte[] message() {
        var made = new byte[OtReceiver.MESSAGE_BYTES];
        OtReceiver.extend(base.bob(), sid, draw, made, 0, scope);
        return made;
    }

    @TearDown
    public void wipe() {
        scope.close();
    }

    /** Draw, expand, fold, transpose. */
    @Benchmark
    public byte[] extendAsBob() {
        try (var run = new Secrets()) {
            var made = new byte[OtReceiver.MESSAGE_BYTES];
            OtReceiver.extend(base.bob(), sid, draw, made, 0, run);
            return made;
        }
    }

    @Benchmark
    public boolean openAsAlice() {
        try (var run = new Secrets()) {
            return OtSender.open(base.alice(), sid, message, 0, run).isConsistent();
        }
    }
}
