package quorate.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.Scheme;
import quorate.cli.cluster.Clients;
import quorate.sdk.NewKey;
import quorate.sdk.Repairing;
import quorate.sdk.ShareRepairing;
import quorate.sdk.Tsm;

/**
 * Reshares and share repairs of ECDSA keys on secp256k1: one key by one caller, and many keys by several callers, while one
 * more signs with a key that is left alone. The time of 1 000 keys is what these figures extrapolate to.
 */
final class LifeLoad {
    /** Keys that are reshared, each once. */
    private static final int KEYS = 50;

    private static final int WARM = 8;
    private static final int CALLERS = 8;
    private static final int SINGLE = 5;

    private final Clients clients;
    private final Tsm tsm;
    private final int threshold;
    private final SecureRandom random = new SecureRandom();

    LifeLoad(Clients clients, int threshold) {
        this.clients = clients;
        this.tsm = clients.tsm();
        this.threshold = threshold;
    }

    void run(Map<String, String> figures) throws InterruptedException, ExecutionException {
        var keys = new ConcurrentLinkedQueue<String>();
        var wanted = new AtomicInteger(KEYS + WARM);
        var generated = Latencies.of(CALLERS, Duration.ofDays(1), () -> {
            boolean one = wanted.getAndDecrement() > 0;
            if (one) {
                keys.add(generate());
            }
            return one;
        });
        figures.put("ecdsa.keygen." + CALLERS, generated.json(1));
        var signing = generate();
        var warm = new ConcurrentLinkedQueue<String>();
        IntStream.range(0, WARM).forEach(i -> warm.add(keys.poll()));
        var one = List.copyOf(warm).getFirst();
        reshareAll(warm);
        figures.put("ecdsa.reshare.1", Latencies.times(SINGLE, () -> reshare(one)).json(1));
        var alone = new AtomicBoolean(true);
        var signed = new AtomicInteger();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var signer = pool.submit(() -> sign(signing, alone, signed));
            try {
                figures.put("ecdsa.reshare." + CALLERS, reshareAll(keys).json(1));
            } finally {
                alone.set(false);
            }
            signer.get();
        }
        figures.put("ecdsa.sign.meanwhile", String.valueOf(signed.get()));
        if (clients.admins().size() > threshold) {
            figures.put("ecdsa.repair.1", Latencies.times(SINGLE, () -> repair(one)).json(1));
        }
    }

    private String generate() {
        return tsm.generateKey(NewKey.of(Scheme.ECDSA, Curve.SECP256K1, threshold)).keyId();
    }

    private Latencies reshareAll(Queue<String> keys) throws InterruptedException, ExecutionException {
        return Latencies.of(CALLERS, Duration.ofDays(1), () -> {
            var key = keys.poll();
            if (key != null) {
                reshare(key);
            }
            return key != null;
        });
    }

    private void reshare(String keyId) {
        tsm.reshare(keyId, clients.admins());
    }

    /** Of the share of the last node, by the first ones. */
    private void repair(String keyId) {
        var helpers = IntStream.rangeClosed(1, threshold).boxed().toList();
        var repairing = new ShareRepairing(clients.admins(), random);
        var request = repairing.plan(new Repairing(
                keyId, clients.admins().size(), helpers, Optional.empty(), Duration.ofMinutes(1), Optional.empty()));
        repairing.run(keyId, request, states -> {});
    }

    private void sign(String keyId, AtomicBoolean goesOn, AtomicInteger signed) {
        while (goesOn.get()) {
            tsm.sign(keyId, Bytes.of((byte) 1));
            signed.incrementAndGet();
        }
    }
}
