package quorate.presign;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * Who may refill which pool, and how fast (PSG-6, protocols.md 15.4): only under a standing order, only started by
 * the lowest live index of P, one at a time and 1 000 presignatures per minute and key. Every node of P applies its
 * own orders to itself and to whoever asks; anything else is refused. Thread-safe.
 */
public final class Refill {
    /** Presignatures per minute and key, of protocols.md 0.1. */
    public static final int PER_MINUTE = 1_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<PoolKey, StandingOrder> orders = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Map<String, Deque<Grant>> granted = new HashMap<>();

    private record Grant(long at, int count) {}

    /** @param nanos monotonic */
    public Refill(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes an order of a user, in place of an earlier one for the same pool. */
    public synchronized void order(StandingOrder order) {
        orders.put(order.pool(), order);
    }

    public synchronized void cancel(PoolKey pool) {
        orders.remove(pool);
    }

    public synchronized List<StandingOrder> orders() {
        return List.copyOf(orders.values());
    }

    /**
     * How many presignatures this node should start to make now, if it is its turn and there is need.
     *
     * @param me this party's index
     * @param live the parties of the key whose links are up, this one among them
     * @param free how many this node holds
     */
    public synchronized Optional<Integer> due(PoolKey pool, int me, Collection<Integer> live, int free) {
        var order = orders.get(pool);
        if (order == null
                || !live.containsAll(pool.parties())
                || lowestLive(pool, live) != me
                || running.contains(pool.keyId())) {
            return Optional.empty();
        }
        int count = Math.min(order.level() - free, allowance(pool.keyId()));
        return count > 0 ? Optional.of(count) : Optional.empty();
    }

    /**
     * Admits a refill, its own or that of another party, before its round 1.
     *
     * @param kind of presignatures that would be made
     * @param initiator the party that starts it
     * @param free how many this node holds
     * @return to be closed when the refill ended, however it did; what it may have made stays counted for a minute
     * @throws Refused PSG-6
     */
    public synchronized Permit admit(
            PoolKey pool, Kind kind, int initiator, Collection<Integer> live, int free, int count) throws Refused {
        var order = orders.get(pool);
        if (order == null || order.kind() != kind) {
            throw new Refused(Check.PSG_6, "no standing order for " + kind + " of " + pool);
        }
        require(lowestLive(pool, live) == initiator, "party " + initiator + " is not the lowest live one of " + pool);
        require(count >= 1 && free + (long) count <= order.level(), count
                + " presignatures more than " + free + " are above the level here");
        require(!running.contains(pool.keyId()), "a refill of key " + pool.keyId() + " is running");
        require(count <= allowance(pool.keyId()), "more than " + PER_MINUTE + " per minute and key");
        running.add(pool.keyId());
        granted.computeIfAbsent(pool.keyId(), key -> new ArrayDeque<>()).add(new Grant(nanos.getAsLong(), count));
        return new Permit(pool.keyId());
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(Check.PSG_6, otherwise);
        }
    }

    /** 0, which is nobody, if no party of P is live. */
    private static int lowestLive(PoolKey pool, Collection<Integer> live) {
        return pool.parties().stream().filter(live::contains).findFirst().orElse(0);
    }

    /** How many more may be made for this key, as those of the last minute have been. */
    private int allowance(String keyId) {
        var grants = granted.get(keyId);
        if (grants == null) {
            return PER_MINUTE;
        }
        long now = nanos.getAsLong();
        while (!grants.isEmpty() && now - grants.getFirst().at() >= MINUTE) {
            grants.removeFirst();
        }
        if (grants.isEmpty()) {
            granted.remove(keyId);
        }
        return PER_MINUTE - grants.stream().mapToInt(Grant::count).sum();
    }

    /** One running refill of a key. */
    public final class Permit implements AutoCloseable {
        private final String keyId;
        private boolean ended;

        private Permit(String keyId) {
            this.keyId = keyId;
        }

        @Override
        public void close() {
            synchronized (Refill.this) {
                if (!ended) {
                    ended = true;
                    running.remove(keyId);
                }
            }
        }
    }
}
