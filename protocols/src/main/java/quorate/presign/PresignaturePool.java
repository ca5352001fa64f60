package quorate.presign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * All presignatures of a node, in memory only (protocols.md 15.3 and 15.4). Each is FREE, then CLAIMED, and nothing
 * else ever: either a claim moves its secret out, once, or it is dropped and its secret wiped.
 *
 * <p>Thread-safe: one lock, held for steps in memory only. The listener hears of drops after the lock is released,
 * in the thread that caused them. Guarantees PSG-1, PSG-2, PSG-5, PSG-6 and, with {@link ClockWatch}, PSG-7.
 */
public final class PresignaturePool implements AutoCloseable {
    private final Surroundings surroundings;
    private final ClockWatch watch;
    private final Clocks clocks;
    private final Consumer<Dropped> listener;

    private final Object lock = new Object();
    private final Occupancy occupancy;
    private final Shelves shelves;
    private long jumps;
    private boolean closed;

    /** @param listener tells the others of P, logs and counts */
    public PresignaturePool(
            Caps caps, Surroundings surroundings, ClockWatch watch, Clocks clocks, Consumer<Dropped> listener) {
        this.occupancy = new Occupancy(caps);
        this.shelves = new Shelves(occupancy, clocks.nanos());
        this.surroundings = surroundings;
        this.watch = watch;
        this.clocks = clocks;
        this.listener = listener;
        this.jumps = watch.jumps();
    }

    /**
     * Takes places for a session that is about to start.
     *
     * @throws Refused PSG-6, if there would be too many; PSG-1, if this pool is closed
     */
    public Reservation reserve(PoolKey pool, int places) throws Refused {
        if (places < 1) {
            throw new IllegalArgumentException(places + " places");
        }
        return locked(drops -> {
            noticeJumps(drops);
            requireOpen();
            occupancy.take(pool.keyId(), places);
            return new Reservation(this, pool, places, jumps);
        });
    }

    void insert(Reservation reservation, List<? extends Presignature<?>> batch) throws Refused {
        boolean inserted = false;
        try {
            inserted = locked(drops -> {
                noticeJumps(drops);
                requireOpen();
                if (reservation.jumps() != jumps) {
                    throw new Refused(Check.PSG_7, "the clock jumped since this session began");
                }
                requireOneSession(reservation, batch);
                requireUnknown(reservation.pool(), batch);
                var objection = objection(batch.getFirst().origin());
                if (objection.isPresent()) {
                    throw refusal(objection.get());
                }
                shelves.put(reservation.pool(), batch);
                reservation.use(batch.size());
                return true;
            });
        } finally {
            if (!inserted) {
                Presignature.discard(batch);
            }
        }
    }

    private static void requireOneSession(Reservation reservation, List<? extends Presignature<?>> batch) {
        if (batch.isEmpty() || batch.size() > reservation.left()) {
            throw new IllegalArgumentException(batch.size() + " presignatures for " + reservation.left() + " places");
        }
        var origin = batch.getFirst().origin();
        if (!origin.pool().equals(reservation.pool())
                || !batch.stream().allMatch(presignature -> presignature.origin() == origin)) {
            throw new IllegalArgumentException("not a batch of one session of " + reservation.pool());
        }
    }

    private void requireUnknown(PoolKey pool, List<? extends Presignature<?>> batch) throws Refused {
        var ids = new HashSet<PresignatureId>();
        for (var presignature : batch) {
            if (!ids.add(presignature.id()) || shelves.knows(pool, presignature.id())) {
                throw new Refused(Check.PSG_1, "a presignature of this id was here before");
            }
        }
    }

    void release(Reservation reservation) {
        synchronized (lock) {
            occupancy.give(reservation.pool().keyId(), reservation.left());
            reservation.use(reservation.left());
        }
    }

    /**
     * The one transition FREE to CLAIMED. Whatever happens to the secret afterwards, nobody can claim it again.
     *
     * @param type of presignature that the caller can sign with
     * @param pool keyId and P of the request
     * @return the secret, which is nowhere else from now on
     * @throws Refused PSG-1 if there is no such presignature FREE; PSG-2, PSG-7 or COM-5 if there was, and it is
     *     void: it is then wiped
     */
    public <S, P extends Presignature<S>> S claim(PresignatureId id, Class<P> type, PoolKey pool) throws Refused {
        return locked(drops -> {
            // (a) clock check
            if (noticeJumps(drops)) {
                throw refusal(DropReason.CLOCK_JUMP);
            }
            // (b) the record is FREE, kind, keyId and P right
            var found = shelves.require(pool, id);
            if (!type.isInstance(found)) {
                throw new Refused(Check.PSG_1, "this presignature is of kind " + found.origin().kind());
            }
            // its shareId one that I offer; (c) every inc in parts is current (PSG-2); (d) no banned pair in P
            var objection = objection(found.origin()).or(() -> witness(id));
            if (objection.isPresent()) {
                shelves.drop(pool, List.of(id), objection.get(), drops);
                throw refusal(objection.get());
            }
            // (e) copy the secret out, overwrite it in the record, set CLAIMED
            shelves.claim(pool, id);
            try {
                return type.cast(found).surrender();
            } finally {
                found.wipe();
            }
        });
    }

    private Optional<DropReason> objection(Origin origin) {
        if (!surroundings.offersSharing(origin)) {
            return Optional.of(DropReason.SHARING_GONE);
        }
        if (!surroundings.isCurrent(origin)) {
            return Optional.of(DropReason.INCARNATION_CHANGED);
        }
        return surroundings.hasBannedPair(origin) ? Optional.of(DropReason.BANNED_PAIR) : Optional.empty();
    }

    private Optional<DropReason> witness(PresignatureId id) {
        return surroundings.witnesses(id) ? Optional.empty() : Optional.of(DropReason.WITNESS);
    }

    private static Refused refusal(DropReason reason) {
        return switch (reason) {
            case SHARING_GONE -> new Refused(Check.COM_5, "its sharing is not offered here any more");
            case BANNED_PAIR -> new Refused(Check.COM_5, "a pair among its parties is banned");
            case INCARNATION_CHANGED -> new Refused(Check.PSG_2, "a party of it runs as another process now");
            case CLOCK_JUMP -> new Refused(Check.PSG_7, "the clock jumped: all presignatures are void");
            case WITNESS, COMMAND, CAP, EXPIRED, SHUTDOWN, PEER, NOT_HELD_BY_ALL ->
                new Refused(Check.PSG_1, "it was dropped: " + reason);
        };
    }

    /**
     * Names up to {@code count} presignatures that all of P hold, each once per 60 s. That is a hint, not a claim.
     *
     * @throws Refused PSG-5 if the pool was not compared with the others in the last 5 s
     */
    public List<PresignatureId> next(PoolKey pool, int count) throws Refused {
        return locked(drops -> {
            noticeJumps(drops);
            var shelf = shelves.at(pool);
            var ids = new ArrayList<PresignatureId>();
            for (int i = 0; shelf != null && i < count; i++) {
                shelf.handOuts().next(shelf.free()::containsKey, now()).ifPresent(ids::add);
            }
            return ids;
        });
    }

    /** What is FREE here, to be compared with the others of P (PSG-5). */
    public Snapshot snapshot(PoolKey pool) {
        return locked(drops -> {
            noticeJumps(drops);
            return new Snapshot(pool, shelves.ids(pool));
        });
    }

    /**
     * PSG-5: drops what not all of P hold. Nothing is ever added.
     *
     * @param mine what this node compared
     * @param theirs as {@link Snapshot#heldByAll} takes it
     * @return how many were dropped
     */
    public int settle(Snapshot mine, Map<Integer, PoolNotice> theirs) {
        var common = mine.heldByAll(theirs);
        return locked(drops -> {
            noticeJumps(drops);
            int dropped = shelves.drop(mine.pool(), mine.without(common), DropReason.NOT_HELD_BY_ALL, drops);
            var shelf = shelves.at(mine.pool());
            if (shelf != null) {
                shelf.handOuts().compared(common, now());
            }
            return dropped;
        });
    }

    /**
     * DROP of the party {@code sender} of that key, whom its link authenticated. Of somebody outside of P it means
     * nothing.
     *
     * @return how many were dropped
     */
    public int hear(int sender, DropNotice notice) {
        return notice.pool().parties().contains(sender)
                ? drop(notice.pool(), notice.ids(), DropReason.PEER)
                : 0;
    }

    /**
     * Drops what must not be used any more: to be called when links, sharings or bans changed.
     *
     * @return how many were dropped
     */
    public int review() {
        return locked(drops -> {
            noticeJumps(drops);
            var judged = new IdentityHashMap<Origin, Optional<DropReason>>();
            for (var reason :
                    List.of(DropReason.SHARING_GONE, DropReason.INCARNATION_CHANGED, DropReason.BANNED_PAIR)) {
                shelves.dropWhere(
                        presignature -> judged.computeIfAbsent(presignature.origin(), this::objection)
                                .filter(reason::equals)
                                .isPresent(),
                        reason,
                        drops);
            }
            return count(drops);
        });
    }

    /**
     * To be called every second: notices a jump of the clock (PSG-7), and forgets ids of yesterday.
     *
     * @return how many were dropped
     */
    public int tick() {
        return locked(drops -> {
            noticeJumps(drops);
            shelves.forget();
            return count(drops);
        });
    }

    /** Drops all of one key, by command, and says how many. */
    public int delete(String keyId) {
        return dropWhere(presignature -> presignature.origin().pool().keyId().equals(keyId), DropReason.COMMAND);
    }

    /** Drops these, by command, and says how many. */
    public int delete(PoolKey pool, Collection<PresignatureId> ids) {
        return drop(pool, ids, DropReason.COMMAND);
    }

    /** Drops all of this node, by command, and says how many. */
    public int deleteAll() {
        return dropWhere(presignature -> true, DropReason.COMMAND);
    }

    /** Drops all that were made before, and says how many. */
    public int expire(Instant before) {
        return dropWhere(presignature -> presignature.origin().time().isBefore(before), DropReason.EXPIRED);
    }

    /** Drops all of a pool but the first {@code keep}, and says how many. */
    public int trim(PoolKey pool, int keep) {
        return locked(drops -> {
            var ids = shelves.ids(pool);
            return shelves.drop(pool, ids.subList(Math.min(keep, ids.size()), ids.size()), DropReason.CAP, drops);
        });
    }

    /** Wipes everything, for good: nothing can be reserved, filled or claimed afterwards. */
    @Override
    public void close() {
        locked(drops -> {
            closed = true;
            shelves.dropWhere(presignature -> true, DropReason.SHUTDOWN, drops);
            return count(drops);
        });
    }

    /** How many are FREE. */
    public int count() {
        synchronized (lock) {
            return shelves.count();
        }
    }

    /** The pools of which something is FREE. */
    public Set<PoolKey> pools() {
        synchronized (lock) {
            return shelves.pools();
        }
    }

    /** How many of one key are FREE, by P. */
    public SortedMap<List<Integer>, Integer> counts(String keyId) {
        synchronized (lock) {
            return shelves.counts(keyId);
        }
    }

    /** Under the lock: voids everything if the clock jumped since the last look, whoever noticed it first. */
    private boolean noticeJumps(List<Dropped> drops) {
        long count = watch.jumps();
        if (count == jumps) {
            return false;
        }
        jumps = count;
        shelves.dropWhere(presignature -> true, DropReason.CLOCK_JUMP, drops);
        return true;
    }

    private void requireOpen() throws Refused {
        if (closed) {
            throw new Refused(Check.PSG_1, "this node is shutting down");
        }
    }

    private long now() {
        return clocks.nanos().getAsLong();
    }

    private int dropWhere(Predicate<Presignature<?>> condition, DropReason reason) {
        return locked(drops -> {
            shelves.dropWhere(condition, reason, drops);
            return count(drops);
        });
    }

    private int drop(PoolKey pool, Collection<PresignatureId> ids, DropReason reason) {
        return locked(drops -> shelves.drop(pool, ids, reason, drops));
    }

    private static int count(List<Dropped> drops) {
        return drops.stream().mapToInt(dropped -> dropped.ids().size()).sum();
    }

    private interface Action<T, E extends Exception> {
        T run(List<Dropped> drops) throws E;
    }

    private <T, E extends Exception> T locked(Action<T, E> action) throws E {
        var drops = new ArrayList<Dropped>();
        try {
            synchronized (lock) {
                return action.run(drops);
            }
        } finally {
            drops.forEach(listener);
        }
    }
}
