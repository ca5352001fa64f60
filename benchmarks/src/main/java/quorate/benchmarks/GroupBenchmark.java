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
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;

/** One group operation each, constant time where the operand is a secret. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GroupBenchmark {
    @Param({"1", "2", "5"})
    int curveId;

    private Group group = Groups.SECP256K1;
    private Secrets scope = new Secrets();
    private SecretScalar secret = SecretScalar.of(scope, group.scalar(1));
    private Scalar a = group.scalar(1);
    private Scalar b = group.scalar(1);
    private Point p = group.generator();
    private Point q = group.generator();
    private byte[] encoded = new byte[0];

    @Setup(Level.Iteration)
    public void draw() {
        var random = new SecureRandom();
        group = Groups.of(curveId);
        scope = new Secrets();
        secret = group.reduceSecret(scope, bytes(random));
        a = group.reduce(bytes(random));
        b = group.reduce(bytes(random));
        p = group.multiplyBase(group.reduce(bytes(random)));
        q = group.multiplyBase(group.reduce(bytes(random)));
        encoded = p.encode();
    }

    @TearDown(Level.Iteration)
    public void wipe() {
        scope.close();
    }

    private byte[] bytes(SecureRandom random) {
        var bytes = new byte[group.wideBytes()];
        random.nextBytes(bytes);
        return bytes;
    }

    /** k·G. */
    @Benchmark
    public Point multiplyBase() {
        return group.multiplyBase(secret);
    }

    /** k·P. */
    @Benchmark
    public Point multiplyPoint() {
        return p.times(secret);
    }

    @Benchmark
    public Point add() {
        return p.plus(q);
    }

    @Benchmark
    public Point decode() throws DecodingException {
        return group.decodePoint(encoded);
    }

    /** k·G and its encoding: what a broadcast point costs. */
    @Benchmark
    public byte[] multiplyBaseAndEncode() {
        return group.multiplyBase(secret).encode();
    }

    @Benchmark
    public Scalar multiplyScalars() {
        return a.times(b);
    }

    @Benchmark
    public Scalar invertScalar() {
        return a.inverse();
    }
}
