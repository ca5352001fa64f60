package quorate.node.presign;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.link.FrameType;
import quorate.node.problem.PresignatureProblems;
import quorate.presign.Caps;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.presign.DropReason;
import quorate.presign.Dropped;
import quorate.presign.PoolKey;
import quorate.presign.PresignatureId;
import quorate.presign.PresignaturePool;
import quorate.presign.Refill;
import quorate.rounds.Refused;
import quorate.store.Database;

/** The presignatures of this node, as callers, links and the clock see them (protocols.md 15). */
public final class Presignatures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Presignatures.class);
    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(10);

    private final KnownKeys keys;
    private final PresignaturePool pool;
    private final PoolExchange exchange;
    private final Presigner presigner;
    private final Partials partials;
    private final Orders orders;
    private final Refilling refilling;
    private final ClockWatch watch;
    private final Clocks clocks;
    private final Duration lifetime;
    private final BiConsumer<String, String> event;
    private final AtomicLong jumps;
    private final AtomicLong expiredAt;

    /**
     * Holds none yet.
     *
     * @param lifetime after which an unused presignature is dropped
     * @param event takes what an operator should see: kind and detail
     */
    public Presignatures(
            Database database,
            KeyRing ring,
            KnownKeys keys,
            PresignSession session,
            PresignLinks links,
            Caps caps,
            Duration lifetime,
            ClockWatch watch,
            Clocks clocks,
            SecureRandom random,
            BiConsumer<String, String> event) {
        this.keys = keys;
        keys.whenUnreadable(detail -> event.accept("key-unreadable", detail));
        this.watch = watch;
        this.clocks = clocks;
        this.lifetime = lifetime;
        this.event = event;
        this.jumps = new AtomicLong(watch.jumps());
        this.expiredAt = new AtomicLong(clocks.nanos().getAsLong());
        var inMaking = new InMaking();
        var refill = new Refill(clocks.nanos());
        pool = new PresignaturePool(caps, keys, watch, clocks, this::dropped);
        exchange = new PoolExchange(keys, pool, inMaking, links);
        presigner = new Presigner(keys, pool, inMaking, session, exchange);
        partials = new Partials(keys, ring, pool);
        orders = new Orders(database, keys, refill);
        refilling = new Refilling(
                keys, pool, orders, refill, presigner, exchange, links, random, clocks.nanos());
    }

    /** Makes presignatures with these players, each of which was asked for the same; their names in order. */
    public List<PresignatureName> presign(String keyId, Collection<Integer> players, byte[] sessionId, int count)
            throws InterruptedException {
        refilling.used(keyId);
        return presigner.presign(keyId, players, sessionId, count);
    }

    /** Uses up a presignature for this node's part of a signature. */
    public Part partial(String keyId, byte[] presignature, Collection<Integer> players, Task.Wish wish) {
        refilling.used(keyId);
        return partials.partial(keyId, presignature, players, wish);
    }

    /**
     * Hands out a presignature that all of these players hold; nobody else is handed it for a minute. That is a hint, not a
     * claim. Pools are compared first if that was not done in the last 5 s.
     */
    public PresignatureName next(String keyId, Collection<Integer> players) throws InterruptedException {
        var quorum = Quorum.of(keys.offers(keyId), players);
        try {
            var first = handOut(quorum.pool());
            if (first.isEmpty()) {
                var silent = exchange.compare(quorum.pool(), false);
                if (!silent.isEmpty()) {
                    throw PresignatureProblems.silent(silent);
                }
                first = pool.next(quorum.pool(), 1);
            }
            if (first.isEmpty()) {
                throw PresignatureProblems.none(quorum.players().values());
            }
            return quorum.name(first.getFirst(), keys);
        } catch (Refused e) {
            throw PresignatureProblems.of(e);
        }
    }

    /** Empty also where pools have to be compared first. */
    private List<PresignatureId> handOut(PoolKey key) {
        try {
            return pool.next(key, 1);
        } catch (Refused e) {
            return List.of();
        }
    }

    /** How many are unused of a key, by players. */
    public SortedMap<List<Integer>, Integer> counts(String keyId) {
        var counts = new TreeMap<List<Integer>, Integer>((one, other) -> one.toString().compareTo(other.toString()));
        keys.committee(keyId).ifPresent(committee -> pool.counts(keyId).forEach((parties, count) -> {
            var players = committee.playersByParty();
            players.keySet().retainAll(parties);
            counts.put(List.copyOf(players.values()), count);
        }));
        return counts;
    }

    /** How many this node holds. */
    public int count() {
        return pool.count();
    }

    /** Drops one, here and at its other players; says how many that were. */
    public int delete(String keyId, PresignatureName name) {
        return pool.pools().stream()
                .filter(key -> key.keyId().equals(keyId))
                .mapToInt(key -> pool.delete(key, List.of(name.id())))
                .sum();
    }

    /** Drops those of exactly these players, here and at the others. */
    public int delete(String keyId, Collection<Integer> players) {
        var key = Quorum.of(keys.offers(keyId), players).pool();
        return pool.delete(key, pool.snapshot(key).ids());
    }

    /** Drops all of a key, here and at their other players. Also of one that is gone. */
    public int delete(String keyId) {
        return pool.delete(keyId);
    }

    /** Drops all, here and at their other players. */
    public int deleteAll() {
        return pool.deleteAll();
    }

    /** Keeps so many presignatures of these players from now on; 0 ends it. */
    public void order(String keyId, Collection<Integer> players, int level) {
        orders.put(Quorum.of(keys.offers(keyId), players).requirePresignatures(), level);
    }

    /** How many are kept of these players; 0 without an order. */
    public int order(String keyId, Collection<Integer> players) {
        return orders.level(Quorum.of(keys.offers(keyId), players).pool());
    }

    /** To be called when sharings or bans changed: drops what must not be used any more. */
    public int review() {
        keys.refresh();
        return pool.review();
    }

    /** The link to {@code player} is up, with this process at its other end. Never waits. */
    public void linkUp(int player, Bytes32 incarnation) {
        boolean replaced = keys.runs(player, incarnation);
        Thread.ofVirtual().name("pools-of-" + player).start(() -> {
            if (replaced) {
                review();
            }
            pool.pools().stream()
                    .filter(key -> keys.committee(key.keyId())
                            .filter(committee -> key.parties().contains(committee.party(player)))
                            .isPresent())
                    .forEach(exchange::compareSoon);
        });
    }

    /** A frame about presignatures from {@code player}. Not in the thread of a link. */
    public void received(int player, FrameType type, byte[] body) {
        if (type == FrameType.REFILL) {
            refilling.received(player, body);
        } else {
            exchange.received(player, type, body);
        }
    }

    /**
     * Every second.
     *
     * @return whether the clock jumped since the last time (PSG-7): all presignatures are void, and the caller ends all
     *     sessions, reads the owner and makes the links anew
     */
    public boolean tick() {
        pool.tick();
        if (keys.refresh()) {
            pool.review();
        }
        expire();
        refilling.tick();
        long now = watch.jumps();
        boolean jumped = jumps.getAndSet(now) != now;
        if (jumped) {
            event.accept("clock-jumped", "the clock jumped: all presignatures and running sessions are void");
        }
        return jumped;
    }

    private void expire() {
        long now = clocks.nanos().getAsLong();
        if (now - expiredAt.get() >= EXPIRE_EVERY.toNanos()) {
            expiredAt.set(now);
            pool.expire(clocks.wall().instant().minus(lifetime));
        }
    }

    private void dropped(Dropped dropped) {
        exchange.announce(dropped);
        int count = dropped.ids().size();
        LOG.info("dropped {} presignatures of {}: {}", count, dropped.pool(), dropped.reason());
        if (isNews(dropped.reason())) {
            event.accept(
                    "presignatures-void",
                    count + " presignatures of key " + dropped.pool().keyId() + " with parties "
                            + dropped.pool().parties() + " are void: " + dropped.reason());
        }
    }

    /** Whether an operator did not bring it about. */
    private static boolean isNews(DropReason reason) {
        return switch (reason) {
            case INCARNATION_CHANGED, BANNED_PAIR, CLOCK_JUMP, WITNESS -> true;
            case SHARING_GONE, COMMAND, CAP, EXPIRED, SHUTDOWN, PEER, NOT_HELD_BY_ALL -> false;
        };
    }

    /** Wipes all and tells the others. Comes before the links end. */
    @Override
    public void close() {
        refilling.close();
        pool.close();
    }
}
