package quorate.node.presign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import quorate.algebra.Transcript;
import quorate.frost.FrostPresign;
import quorate.node.problem.PresignatureProblems;
import quorate.presign.Presignature;
import quorate.presign.PresignatureId;
import quorate.presign.PresignaturePool;
import quorate.presign.Reservation;
import quorate.rounds.Refused;

/**
 * Makes presignatures with the other players of a request, each of which was asked for the same (protocols.md 3.1, 4.2).
 * More than 64 are split into sub-sessions, of which a few run at a time, in the same order everywhere. What a sub-session
 * completed stays, also if a later one fails.
 */
final class Presigner {
    /** While one waits for messages the other computes. */
    private static final int LANES = 2;

    private static final int ITEMS = FrostPresign.MAX_ITEMS;

    private final KnownKeys keys;
    private final PresignaturePool pool;
    private final InMaking inMaking;
    private final PresignSession session;
    private final PoolExchange exchange;

    Presigner(
            KnownKeys keys,
            PresignaturePool pool,
            InMaking inMaking,
            PresignSession session,
            PoolExchange exchange) {
        this.keys = keys;
        this.pool = pool;
        this.inMaking = inMaking;
        this.session = session;
        this.exchange = exchange;
    }

    /** The presignatures in order. They are in the pool, and compared with those of the others as far as these answer. */
    List<PresignatureName> presign(String keyId, Collection<Integer> players, byte[] sessionId, int count)
            throws InterruptedException {
        var quorum = Quorum.of(keys.offers(keyId), players).requirePresignatures();
        // A presign session that would exceed the caps is refused before round 1 (PSG-6).
        boolean complete = false;
        try (var reservation = pool.reserve(quorum.pool(), count)) {
            var names = new Run(quorum, reservation, sessionId, count).all();
            complete = true;
            exchange.compare(quorum.pool(), true);
            return names;
        } catch (Refused e) {
            throw PresignatureProblems.of(e);
        } finally {
            if (!complete) {
                exchange.compareSoon(quorum.pool());
            }
        }
    }

    /**
     * The items that a sub-session of a request for {@code count} waits for: its own and those of the other lanes, which share
     * the processors, and as many again, for a slower participant may still compute those before.
     */
    static int computed(int count) {
        return Math.min(count, 2 * LANES * ITEMS);
    }

    /** Puts a batch into its pool, which judges it by what the database says now; or wipes it. */
    static void keep(List<? extends Presignature<?>> batch, KnownKeys keys, Reservation reservation) throws Refused {
        boolean refreshed = false;
        try {
            keys.refresh();
            refreshed = true;
        } finally {
            if (!refreshed) {
                Presignature.discard(batch);
            }
        }
        reservation.fill(batch);
    }

    /** Its sub-sessions c = 0, 1, .. of at most 64 items with sessionId_c = TH("sub-session", sessionId, I2OSP(c,4)). */
    private final class Run {
        private final Quorum quorum;
        private final Reservation reservation;
        private final byte[] sessionId;
        private final int count;
        private final AtomicInteger next = new AtomicInteger();
        private final ConcurrentSkipListMap<Integer, List<PresignatureName>> made = new ConcurrentSkipListMap<>();

        Run(Quorum quorum, Reservation reservation, byte[] sessionId, int count) {
            this.quorum = quorum;
            this.reservation = reservation;
            this.sessionId = sessionId;
            this.count = count;
        }

        List<PresignatureName> all() throws InterruptedException {
            if (count <= ITEMS) {
                return one(sessionId, count);
            }
            try (var threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("presign-", 0).factory())) {
                var lanes = new ArrayList<Future<?>>();
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.add(threads.submit(() -> {
                        lane();
                        return null;
                    }));
                }
                try {
                    for (var lane : lanes) {
                        lane.get();
                    }
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
                } catch (InterruptedException e) {
                    threads.shutdownNow();
                    throw e;
                }
            }
            return made.values().stream().flatMap(List::stream).toList();
        }

        private void lane() throws InterruptedException {
            int sessions = (count + ITEMS - 1) / ITEMS;
            boolean complete = false;
            try {
                for (int c = next.getAndIncrement(); c < sessions; c = next.getAndIncrement()) {
                    var id = Transcript.of("sub-session").add(sessionId).addU32(c).hash();
                    made.put(c, one(id, Math.min(ITEMS, count - c * ITEMS)));
                }
                complete = true;
            } finally {
                if (!complete) {
                    next.set(sessions);
                }
            }
        }

        private List<PresignatureName> one(byte[] id, int items) throws InterruptedException {
            try (var _ = inMaking.begin(quorum.pool())) {
                List<? extends Presignature<?>> batch = session.run(quorum, id, items, computed(count));
                var ids = batch.stream().map(Presignature::id).toList();
                keep(batch, keys, reservation);
                return names(ids);
            } catch (Refused e) {
                throw PresignatureProblems.of(e);
            }
        }

        private List<PresignatureName> names(List<PresignatureId> ids) {
            return ids.stream().map(id -> quorum.name(id, keys)).toList();
        }
    }
}
