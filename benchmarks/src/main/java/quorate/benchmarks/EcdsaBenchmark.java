package quorate.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
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
import quorate.algebra.Groups;
import quorate.ecdsa.EcdsaSignature;
import quorate.ecdsa.PresignatureShare;
import quorate.rounds.CeremonyException;

/** Two signers of an ECDSA key in one thread, so each figure is the work of both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EcdsaBenchmark {
    private static final int BATCH = 64;

    @Param({"1", "2"})
    int curveId;

    private final byte[] hash = new byte[32];
    private TwoParties parties = new TwoParties(Groups.SECP256K1);

    @Setup(Level.Trial)
    public void deal() {
        parties = new TwoParties(Groups.of(curveId));
    }

    @TearDown(Level.Trial)
    public void wipe() {
        parties.close();
    }

    /** All four rounds. */
    @Benchmark
    public EcdsaSignature sign() throws CeremonyException {
        return parties.sign(hash);
    }

    /** A batch of 64; the figure is for the whole batch. */
    @Benchmark
    public List<List<PresignatureShare>> presignBatch() throws CeremonyException {
        return parties.presign(BATCH);
    }

    /**
     * Without JMH, whose start is slow: {@code EcdsaBenchmark [runs]} prints best and median of the time that a signature
     * of two parties takes in one process, of the CPU time of a presignature for each party and counterparty, and the bytes
     * that one says to the other for it.
     */
    public static void main(String[] arguments) throws CeremonyException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        for (var group : List.of(Groups.SECP256K1, Groups.P256)) {
            try (var parties = new TwoParties(group)) {
                var cpu = new long[runs];
                var wall = new long[runs];
                for (int run = 0; run < runs; run++) {
                    long start = System.nanoTime();
                    long cpuStart = cpuNanos();
                    parties.sign(new byte[] {1});
                    cpu[run] = cpuNanos() - cpuStart;
                    wall[run] = System.nanoTime() - start;
                }
                print(group.name() + " signature of two, wall, ms", wall, 1);
                print(group.name() + " signature of two, CPU, ms", cpu, 1);
                var presigning = new long[Math.max(1, runs / BATCH)];
                long said = parties.bytesSaid();
                for (int run = 0; run < presigning.length; run++) {
                    long start = cpuNanos();
                    parties.presign(BATCH).forEach(made -> made.forEach(PresignatureShare::close));
                    presigning[run] = cpuNanos() - start;
                }
                print(group.name() + " presignature, each party and counterparty, CPU, ms", presigning, 2 * BATCH);
                System.out.printf(
                        "%s presignature, each direction, bytes: %d%n",
                        group.name(), (parties.bytesSaid() - said) / presigning.length / BATCH);
            }
        }
    }

    /** Of this thread, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, long[] nanos, int parts) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s: best %.2f, median %.2f%n", what, nanos[0] / 1e6 / parts, nanos[nanos.length / 2] / 1e6 / parts);
    }
}
