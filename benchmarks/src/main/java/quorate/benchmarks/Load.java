package quorate.benchmarks;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.Scheme;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.Clients;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Terminal;
import quorate.sdk.NewKey;
import quorate.sdk.Timeouts;
import quorate.sdk.Tsm;

/**
 * Signs over HTTP on a local cluster that runs, and prints one JSON object: signatures per second and latency,
 * one caller and several, Ed25519 and BIP-340, and the time of a key generation.
 *
 * <p>Arguments: the cluster folder, seconds for each figure.
 */
public final class Load {
    private static final int CALLERS = 8;
    private static final int GENERATIONS = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private Load() {}

    /** Runs everything once, after a warm-up of the same length. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var cluster = ClusterFile.load(Path.of(arguments[0]));
        var seconds = Duration.ofSeconds(Long.parseLong(arguments[1]));
        var silent = new Terminal(System.in, System.out, System.err, false, false);
        var host = new Host(
                silent,
                Map.of(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new SecureRandom(),
                Timeouts.standard());
        var report = new ArrayList<String>();
        try (var clients = new Clients(cluster, host);
                var tsm = clients.tsm()) {
            for (var kind : List.of("ed25519", "bip340")) {
                var scheme = kind.equals("bip340") ? Scheme.BIP340 : Scheme.SCHNORR;
                var curve = kind.equals("bip340") ? Curve.SECP256K1 : Curve.ED25519;
                var generations = new ArrayList<Long>();
                var keyId = "";
                for (int i = 0; i < GENERATIONS; i++) {
                    long begun = System.nanoTime();
                    keyId = tsm.generateKey(NewKey.of(scheme, curve, cluster.threshold())).keyId();
                    generations.add(System.nanoTime() - begun);
                }
                report.add("\"" + kind + ".keygen\": " + figures(generations, Duration.ZERO));
                sign(tsm, keyId, 1, seconds);
                report.add("\"" + kind + ".sign.1\": " + figures(sign(tsm, keyId, 1, seconds), seconds));
                report.add("\"" + kind + ".sign." + CALLERS + "\": " + figures(sign(tsm, keyId, CALLERS, seconds), seconds));
            }
        }
        System.out.println("{" + String.join(", ", report) + "}");
    }

    /** The latencies of all signatures that {@code callers} got one after another for so long. */
    private static List<Long> sign(Tsm tsm, String keyId, int callers, Duration duration)
            throws InterruptedException, ExecutionException {
        var all = new ArrayList<Long>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Long>> caller = () -> {
                var latencies = new ArrayList<Long>();
                long end = System.nanoTime() + duration.toNanos();
                for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                    tsm.sign(keyId, Bytes.of((byte) latencies.size()));
                    latencies.add(System.nanoTime() - begun);
                }
                return latencies;
            };
            for (var future : pool.invokeAll(Collections.nCopies(callers, caller))) {
                all.addAll(future.get());
            }
        }
        return all;
    }

    private static String figures(List<Long> nanos, Duration duration) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        var rate = duration.isZero() ? "" : "\"perSecond\": %.0f, ".formatted((double) sorted.length / duration.toSeconds());
        return "{%s\"p50ms\": %.2f, \"p99ms\": %.2f, \"count\": %d}"
                .formatted(rate, at(sorted, 0.50), at(sorted, 0.99), Arrays.stream(sorted).count());
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))] / NANOS_PER_MILLI;
    }
}
