package quorate.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.PartialRequest;
import quorate.api.Scheme;
import quorate.cli.cluster.Clients;
import quorate.sdk.NewKey;
import quorate.sdk.Tsm;
import quorate.sdk.TsmClient;

/** Presignatures of an ECDSA key on secp256k1: made in batches by its first signers, and used at the first of them. */
final class PresignLoad {
    private static final List<Integer> BATCHES = List.of(64, 1_000);
    private static final List<Integer> CALLERS = List.of(1, 64);

    /** Nodes hold at most 10 000 of a key. */
    private static final int MOST = 8_000;

    /** Made beforehand for each second of use; several callers are through with them earlier. */
    private static final int USES_PER_SECOND = 800;

    /** Batches of Schnorr presignatures, which are made quickly: what all requests share is compiled when these are used up. */
    private static final int WARMING_BATCHES = 40;

    private final Clients clients;
    private final Tsm tsm;
    private final Duration each;
    private final List<Integer> players;
    private final String keyId;
    private final Queue<Bytes> stock = new ConcurrentLinkedQueue<>();

    PresignLoad(Clients clients, int threshold, Duration each) {
        this.clients = clients;
        this.tsm = clients.tsm();
        this.each = each;
        this.players = IntStream.rangeClosed(1, threshold).boxed().toList();
        this.keyId = tsm.generateKey(NewKey.of(Scheme.ECDSA, Curve.SECP256K1, threshold)).keyId();
    }

    /** How fast they are made: one caller, one batch after another. */
    void makings(Map<String, String> figures) throws InterruptedException, ExecutionException {
        for (int batch : BATCHES) {
            make(batch);
            figures.put("ecdsa.presign." + batch, make(batch).json(batch));
        }
        wipe();
    }

    /** Until the time is over, or a node holds no more. */
    private Latencies make(int batch) throws InterruptedException, ExecutionException {
        wipe();
        var room = new int[] {MOST};
        return Latencies.of(1, each, () -> {
            if (room[0] < batch) {
                return false;
            }
            room[0] -= batch;
            tsm.presign(keyId, players, batch);
            return true;
        });
    }

    private void wipe() {
        tsm.deletePresignatures(keyId).failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** How fast one node answers its parts of signatures; nobody combines them. */
    void uses(Map<String, String> figures) throws InterruptedException, ExecutionException {
        try (var node = clients.user(players.getFirst())) {
            warm(node);
            use(node, CALLERS.getLast());
            for (int callers : CALLERS) {
                figures.put("ecdsa.partial." + callers, use(node, callers).json(1));
            }
        }
        wipe();
    }

    private void warm(TsmClient node) throws InterruptedException, ExecutionException {
        int most = CALLERS.getLast();
        var schnorr = tsm.generateKey(NewKey.of(Scheme.BIP340, Curve.SECP256K1, players.size())).keyId();
        for (int batch = 0; batch < WARMING_BATCHES; batch++) {
            var ids = new ConcurrentLinkedQueue<>(tsm.presign(schnorr, players, BATCHES.getLast()).presignatureIds());
            Latencies.of(most, each.multipliedBy(WARMING_BATCHES), () -> sign(node, schnorr, ids));
        }
    }

    private Latencies use(TsmClient node, int callers) throws InterruptedException, ExecutionException {
        int wanted = (int) Math.min(MOST, USES_PER_SECOND * each.toSeconds());
        while (stock.size() < wanted) {
            int batch = Math.min(BATCHES.getLast(), wanted - stock.size());
            stock.addAll(tsm.presign(keyId, players, batch).presignatureIds());
        }
        return Latencies.of(callers, each, () -> sign(node, keyId, stock));
    }

    /** False if nothing is left. */
    private boolean sign(TsmClient node, String key, Queue<Bytes> presignatures) {
        var presignature = presignatures.poll();
        if (presignature == null) {
            return false;
        }
        node.signPartially(key, new PartialRequest(presignature, players, Bytes.of((byte) 1), null, null, null, null));
        return true;
    }
}
