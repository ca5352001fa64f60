package quorate.node.presign;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.frost.FrostPresign;
import quorate.node.key.Committee;
import quorate.node.link.FrameType;
import quorate.node.problem.ProblemException;
import quorate.presign.PoolKey;
import quorate.presign.PresignaturePool;
import quorate.presign.Refill;
import quorate.rounds.Refused;

/**
 * Automatic refill of idle keys (protocols.md 15.4). The lowest live party of a pool starts it and asks the others, each of
 * which applies its own orders; a step is small, so that users who come meanwhile do not wait for long.
 */
final class Refilling {
    private static final Logger LOG = LoggerFactory.getLogger(Refilling.class);

    /** Presignatures at a time: two sub-sessions. */
    private static final int STEP = 2 * FrostPresign.MAX_ITEMS;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final KnownKeys keys;
    private final PresignaturePool pool;
    private final Orders orders;
    private final Refill refill;
    private final Presigner presigner;
    private final PoolExchange exchange;
    private final PresignLinks links;
    private final SecureRandom random;
    private final LongSupplier nanos;
    private final AtomicLong numbers = new AtomicLong();
    private final KeyUse use;
    private final Map<PoolKey, Long> notBefore = new ConcurrentHashMap<>();
    private final Set<PoolKey> starting = ConcurrentHashMap.newKeySet();
    private final Map<Long, CompletableFuture<Boolean>> asked = new ConcurrentHashMap<>();
    private final Promises promises = new Promises();
    private volatile boolean closed;

    Refilling(
            KnownKeys keys,
            PresignaturePool pool,
            Orders orders,
            Refill refill,
            Presigner presigner,
            PoolExchange exchange,
            PresignLinks links,
            SecureRandom random,
            LongSupplier nanos) {
        this.keys = keys;
        this.pool = pool;
        this.orders = orders;
        this.refill = refill;
        this.presigner = presigner;
        this.exchange = exchange;
        this.links = links;
        this.random = random;
        this.nanos = nanos;
        this.use = new KeyUse(keyId -> keys.committee(keyId).isPresent());
    }

    /** A user works with this key: refills wait. */
    void used(String keyId) {
        use.used(keyId, nanos.getAsLong());
    }

    /** Every second: begins what is due. */
    void tick() {
        orders.refresh();
        long now = nanos.getAsLong();
        promises.expire(now);
        use.forgetIdle(now);
        for (var order : refill.orders()) {
            var keyId = order.pool().keyId();
            if (!closed && use.isIdle(keyId, now) && due(order.pool()) > 0 && starts(order.pool(), now)) {
                Thread.ofVirtual().name("refill").start(() -> run(order.pool()));
            }
        }
    }

    /** Nothing is begun any more. */
    void close() {
        closed = true;
    }

    private boolean starts(PoolKey key, long now) {
        var until = notBefore.get(key);
        return (until == null || now - until >= 0) && starting.add(key);
    }

    private int due(PoolKey key) {
        return keys.committee(key.keyId())
                .map(committee -> refill.due(key, me(committee), live(committee), free(key)).orElse(0))
                .orElse(0);
    }

    private void run(PoolKey key) {
        var pause = AFTER_FAILURE;
        try {
            // What the others do not hold any more is missing here, too.
            if (exchange.compare(key, true).isEmpty() && start(key, Math.min(STEP, due(key)))) {
                pause = Duration.ZERO;
            }
        } catch (ProblemException e) {
            LOG.info("a refill of {} failed: {}", key, e.getMessage());
        } catch (Refused e) {
            LOG.debug("a refill of {} was refused: {}", key, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            notBefore.put(key, nanos.getAsLong() + pause.toNanos());
            starting.remove(key);
        }
    }

    private boolean start(PoolKey key, int count) throws Refused, InterruptedException {
        var committee = keys.committee(key.keyId()).orElseThrow();
        if (count < 1) {
            return true;
        }
        var sessionId = new byte[RefillFrame.SESSION_BYTES];
        random.nextBytes(sessionId);
        long number = numbers.incrementAndGet();
        var others = players(committee, key);
        others.remove(Integer.valueOf(keys.self().player()));
        if (!allSayYes(others, new RefillFrame.Question(number, key, sessionId, count))) {
            return false;
        }
        try (var _ = refill.admit(key, orders.kind(key), me(committee), live(committee), free(key), count)) {
            others.forEach(player -> links.send(player, FrameType.REFILL, new RefillFrame.Go(number).encode()));
            presigner.presign(key.keyId(), players(committee, key), sessionId, count);
        }
        return true;
    }

    private boolean allSayYes(Collection<Integer> others, RefillFrame.Question question) throws InterruptedException {
        var numbered = new ArrayList<Long>();
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        boolean yes = true;
        try {
            for (int player : others) {
                // The number is the same for all; the player tells the answers apart.
                long place = place(player, question.number());
                numbered.add(place);
                var answer = new CompletableFuture<Boolean>();
                answers.add(answer);
                asked.put(place, answer);
                links.send(player, FrameType.REFILL, question.encode());
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (var answer : answers) {
                yes &= answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            return yes;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            numbered.forEach(asked::remove);
        }
    }

    private static long place(int player, long number) {
        return (number << Short.SIZE) | player;
    }

    /** A frame REFILL of {@code player}. */
    void received(int player, byte[] body) {
        try {
            switch (RefillFrame.decode(body)) {
                case RefillFrame.Question question -> {
                    boolean yes = promise(player, question);
                    links.send(player, FrameType.REFILL, new RefillFrame.Answer(question.number(), yes).encode());
                }
                case RefillFrame.Answer answer -> Optional.ofNullable(asked.get(place(player, answer.number())))
                        .ifPresent(waiting -> waiting.complete(answer.yes()));
                case RefillFrame.Go go -> promises.take(player, go.number())
                        .ifPresent(what -> Thread.ofVirtual().name("refill").start(() -> join(what)));
            }
        } catch (DecodingException e) {
            LOG.warn("dropped a refill frame of player {}: {}", player, e.getMessage());
        }
    }

    private boolean promise(int player, RefillFrame.Question question) {
        var key = question.pool();
        var committee = keys.committee(key.keyId());
        if (closed || committee.isEmpty() || question.count() > STEP) {
            return false;
        }
        try {
            int initiator = committee.get().party(player);
            var permit = refill.admit(
                    key, orders.kind(key), initiator, live(committee.get()), free(key), question.count());
            return promises.give(player, new Promises.Promise(question, permit, nanos.getAsLong()));
        } catch (Refused e) {
            LOG.debug("refused a refill of {} by player {}: {}", key, player, e.getMessage());
            exchange.compareSoon(key);
            return false;
        }
    }

    private void join(Promises.Promise what) {
        var question = what.question();
        var key = question.pool();
        try (var _ = what.permit()) {
            var committee = keys.committee(key.keyId()).orElseThrow();
            presigner.presign(key.keyId(), players(committee, key), question.sessionId(), question.count());
        } catch (ProblemException e) {
            LOG.info("a refill of {} failed: {}", key, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int me(Committee committee) {
        return committee.party(keys.self().player());
    }

    private List<Integer> live(Committee committee) {
        var live = new TreeSet<>(links.connected());
        live.add(keys.self().player());
        return live.stream().map(committee::party).filter(party -> party > 0).toList();
    }

    private int free(PoolKey key) {
        return pool.counts(key.keyId()).getOrDefault(key.parties(), 0);
    }

    private static List<Integer> players(Committee committee, PoolKey key) {
        var players = committee.playersByParty();
        players.keySet().retainAll(key.parties());
        return new ArrayList<>(players.values());
    }
}
