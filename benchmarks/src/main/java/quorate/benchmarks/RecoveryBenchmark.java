package quorate.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
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
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Secrets;
import quorate.algebra.SecretScalar;
import quorate.recovery.KeyRecord;
import quorate.recovery.KeyScheme;
import quorate.recovery.Label;
import quorate.recovery.Opener;
import quorate.recovery.Proof;
import quorate.recovery.Prover;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.Verifier;
import quorate.rsa.Pem;
import quorate.rsa.PemRsaKey;
import quorate.rsa.PrivateFile;
import quorate.rsa.RsaDecryptor;
import quorate.rsa.RsaRecipient;
import quorate.testkit.vectors.KatDraw;

/** One node's part of recovery data, for keys on secp256k1, in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecoveryBenchmark {
    @Param({"2048", "3072", "4096"})
    int modulusBits;

    @Param({"1", "100"})
    int keys;

    private final Secrets scope = new Secrets();
    @SuppressWarnings("NullAway.Init") // set before the trial
    private Dealt dealt;

    /** What is measured on. */
    record Dealt(
            Label label, List<SecretScalar> shares, RsaRecipient recipient, RsaDecryptor key, Proof proof) {
        static Dealt of(int modulusBits, int keys, Secrets scope) {
            try {
                return deal(modulusBits, keys, scope);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Dealt deal(int modulusBits, int keys, Secrets scope)
                throws GeneralSecurityException, IOException {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(modulusBits);
            var pair = generator.generateKeyPair();
            var folder = Files.createTempDirectory("recovery");
            var file = folder.resolve("rsa.key");
            PrivateFile.create(file, Pem.encode(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()));
            var key = PemRsaKey.read(file, new SecureRandom());
            Files.delete(file);
            Files.delete(folder);
            var recipient = RsaRecipient.of(pair.getPublic().getEncoded());
            var shares = new ArrayList<SecretScalar>();
            var records = new ArrayList<KeyRecord>();
            for (int b = 0; b < keys; b++) {
                var dealer = new KatDraw("benchmark/" + b);
                Group group = Groups.SECP256K1;
                var secret = dealer.scalar(group, scope, Draw.For.DKG, Draw.name("a", 0));
                var slope = dealer.scalar(group, scope, Draw.For.DKG, Draw.name("a", 1));
                var first = secret.plus(slope);
                var publicShares = new ArrayList<Point>();
                for (var share = first; publicShares.size() < 3; share = share.plus(slope)) {
                    publicShares.add(group.multiplyBase(share));
                }
                shares.add(first);
                records.add(new KeyRecord(
                        KeyScheme.ECDSA, "key-" + b, 0, 1, group.multiplyBase(secret), new byte[32], publicShares));
            }
            var label = new Label("recovery", "benchmark", records, 1);
            return new Dealt(
                    label, shares, recipient, key, Prover.prove(label, recipient, shares, new KatDraw("benchmark")));
        }
    }

    @Setup(Level.Trial)
    public void deal() {
        dealt = Dealt.of(modulusBits, keys, scope);
    }

    @TearDown(Level.Trial)
    public void wipe() {
        scope.close();
    }

    @Benchmark
    public Proof create() {
        return Prover.prove(dealt.label(), dealt.recipient(), dealt.shares(), new KatDraw("benchmark"));
    }

    @Benchmark
    public Proof verify() throws RecoveryRefused {
        Verifier.verify(dealt.proof());
        return dealt.proof();
    }

    /** One node's share; a key takes threshold times as long. */
    @Benchmark
    public int open() throws RecoveryRefused {
        try (var opened = new Secrets()) {
            return Opener.open(dealt.proof(), dealt.key(), opened).size();
        }
    }

    /** Without JMH, whose start is slow: prints CPU time, best and median, and the size of a part. */
    public static void main(String[] arguments) throws RecoveryRefused {
        for (int bits : new int[] {2048, 3072, 4096}) {
            for (int keys : new int[] {1, 100}) {
                var benchmark = new RecoveryBenchmark();
                benchmark.modulusBits = bits;
                benchmark.keys = keys;
                benchmark.deal();
                int runs = keys == 1 ? 120 : 6;
                print(bits + " bits, keys " + keys + ", create", runs, benchmark::create);
                print(bits + " bits, keys " + keys + ", verify", runs, benchmark::verify);
                print(bits + " bits, keys " + keys + ", open", runs, benchmark::open);
                System.out.printf(
                        "%d bits, keys %d, bytes: %d%n", bits, keys, benchmark.dealt.proof().encode().length);
                benchmark.wipe();
            }
        }
    }

    private interface Work {
        Object run() throws RecoveryRefused;
    }

    private static void print(String what, int runs, Work work) throws RecoveryRefused {
        var times = new long[runs];
        for (int run = 0; run < runs; run++) {
            // Of this thread, so that a busy machine does not count.
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            times[run] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(times);
        System.out.printf("%s, ms: best %.2f, median %.2f%n", what, times[0] / 1e6, times[runs / 2] / 1e6);
    }
}
