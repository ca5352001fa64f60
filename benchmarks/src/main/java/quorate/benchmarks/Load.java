package quorate.benchmarks;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
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
 * Works over HTTP on a local cluster that runs, and prints one JSON object: how long calls took at the median and at the
 * 99th percentile, and how many things per second were done. Before the figures of a part the same is done by several
 * callers, uncounted, so that the JIT has compiled it.
 *
 * <p>Arguments: the cluster folder, seconds for each figure, and which parts; all if none is named. {@code ed25519},
 * {@code bip340} and {@code ecdsa} are key generations, and signatures by all signers together; {@code presign} is the
 * making of presignatures; {@code presigned} is what one node does for a signature from one; {@code life} is resharing and
 * repairing ECDSA keys, which takes as long as it takes.
 */
public final class Load {
    private static final int CALLERS = 8;
    private static final int GENERATIONS = 5;

    private final ClusterFile cluster;
    private final Clients clients;
    private final Duration each;
    private final SequencedMap<String, String> figures = new LinkedHashMap<>();

    private Load(ClusterFile cluster, Clients clients, Duration each) {
        this.cluster = cluster;
        this.clients = clients;
        this.each = each;
    }

    /** What can be measured alone. */
    private enum Part {
        ED25519,
        BIP340,
        ECDSA,
        PRESIGN,
        PRESIGNED,
        LIFE;

        static Part of(String argument) {
            return valueOf(argument.toUpperCase(Locale.ROOT));
        }
    }

    /** Runs the parts one after another. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("Load CLUSTER SECONDS [part...], parts: "
                    + Arrays.toString(Part.values()).toLowerCase(Locale.ROOT));
        }
        var cluster = ClusterFile.load(Path.of(arguments[0]));
        var each = Duration.ofSeconds(Long.parseLong(arguments[1]));
        var named = Arrays.stream(arguments).skip(2).map(Part::of).toList();
        var silent = new Terminal(System.in, System.out, System.err, false, false);
        var host = new Host(
                silent,
                Map.of(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new SecureRandom(),
                Timeouts.standard());
        try (var clients = new Clients(cluster, host)) {
            var load = new Load(cluster, clients, each);
            for (var part : named.isEmpty() ? List.of(Part.values()) : named) {
                load.run(part);
            }
            System.out.println(load.figures.entrySet().stream()
                    .map(figure -> "\"" + figure.getKey() + "\": " + figure.getValue())
                    .collect(Collectors.joining(", ", "{", "}")));
        }
    }

    private void run(Part part) throws InterruptedException, ExecutionException {
        switch (part) {
            case ED25519 -> signing("ed25519", Scheme.SCHNORR, Curve.ED25519);
            case BIP340 -> signing("bip340", Scheme.BIP340, Curve.SECP256K1);
            case ECDSA -> signing("ecdsa", Scheme.ECDSA, Curve.SECP256K1);
            case PRESIGN -> presigning().makings(figures);
            case PRESIGNED -> presigning().uses(figures);
            case LIFE -> new LifeLoad(clients, cluster.threshold()).run(figures);
        }
    }

    private void signing(String name, Scheme scheme, Curve curve) throws InterruptedException, ExecutionException {
        var tsm = clients.tsm();
        var key = NewKey.of(scheme, curve, cluster.threshold());
        Latencies.times(GENERATIONS, () -> tsm.generateKey(key));
        figures.put(name + ".keygen", Latencies.times(GENERATIONS, () -> tsm.generateKey(key)).json(1));
        var keyId = tsm.generateKey(key).keyId();
        sign(tsm, keyId, CALLERS);
        for (int callers : List.of(CALLERS, 1)) {
            figures.put(name + ".sign." + callers, sign(tsm, keyId, callers).json(1));
        }
    }

    private Latencies sign(Tsm tsm, String keyId, int callers) throws InterruptedException, ExecutionException {
        return Latencies.of(callers, each, () -> {
            tsm.sign(keyId, Bytes.of((byte) 1));
            return true;
        });
    }

    private PresignLoad presigning() {
        return new PresignLoad(clients, cluster.threshold(), each);
    }
}
