package quorate.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import quorate.algebra.Groups;
import quorate.algebra.Scalar;
import quorate.algebra.Transcript;

/** The hash functions of protocols.md 0.2 on inputs of the sizes that protocols use. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HashBenchmark {
    private final byte[] ctx = new byte[32];
    private final byte[] point = new byte[33];
    private final byte[] kilobyte = new byte[1024];

    /** TH of a context and a point. */
    @Benchmark
    public byte[] hashPoint() {
        return Transcript.of("bench").add(ctx).addU16(1).add(point).hash();
    }

    /** TH of one kilobyte. */
    @Benchmark
    public byte[] hashKilobyte() {
        return Transcript.of("bench").add(kilobyte).hash();
    }

    /** H2S, 48 bytes reduced mod q. */
    @Benchmark
    public Scalar hashToScalar() {
        return Transcript.of("bench").add(ctx).add(point).toScalar(Groups.SECP256K1);
    }
}
