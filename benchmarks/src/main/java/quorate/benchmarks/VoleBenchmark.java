package quorate.benchmarks;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.vole.OtReceiver;
import quorate.vole.OtSender;
import quorate.vole.VoleReceiver;
import quorate.vole.VoleSender;

/** One random VOLE (protocols.md 2.4), each side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VoleBenchmark {
    @Param({"1", "2"})
    int curveId;

    private final SecureRandom random = new SecureRandom();
    private final Secrets scope = new Secrets();
    private final byte[] psid = DealtPair.bytes(random, 32);
    private final DealtPair.Direction base = DealtPair.Direction.deal(random, scope);
    private final byte[] extension = new byte[OtReceiver.MESSAGE_BYTES];
    private final OtReceiver bob = OtReceiver.extend(
            base.bob(), psid, new DealtPair.PlainDraw(random), extension, 0, scope);
    private final OtSender alice = OtSender.open(base.alice(), psid, extension, 0, scope);
    private final byte[] message = new byte[VoleSender.MESSAGE_BYTES];
    private Group group = Groups.SECP256K1;
    private SecretScalar input = SecretScalar.of(scope, group.scalar(1));

    @Setup(Level.Trial)
    public void multiplyOnce() {
        group = Groups.of(curveId);
        input = group.reduceSecret(scope, DealtPair.bytes(random, group.wideBytes()));
        VoleSender.multiply(psid, alice, input, input, input, message, 0, scope);
    }

    @TearDown(Level.Trial)
    public void wipe() {
        scope.close();
    }

    @Benchmark
    public byte[] multiplyAsAlice() {
        try (var run = new Secrets()) {
            var made = new byte[VoleSender.MESSAGE_BYTES];
            VoleSender.multiply(psid, alice, input, input, input, made, 0, run);
            return made;
        }
    }

    @Benchmark
    public boolean openAsBob() {
        try (var run = new Secrets()) {
            return VoleReceiver.open(group, psid, bob, message, 0, run)
                    .orElseThrow()
                    .isConsistent();
        }
    }
}
