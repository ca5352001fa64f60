package quorate.node.presign;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import quorate.node.problem.ProblemException;
import quorate.presign.Kind;
import quorate.presign.PoolKey;
import quorate.presign.Refill;
import quorate.presign.StandingOrder;
import quorate.rounds.Check;
import quorate.rounds.Refused;
import quorate.store.Database;

/** The standing orders of users: durable by player, in force by party of the key as it is now. */
final class Orders {
    private static final long NEVER = -1;

    private final Database database;
    private final KnownKeys keys;
    private final Refill refill;
    private final AtomicLong version = new AtomicLong(NEVER);

    Orders(Database database, KnownKeys keys, Refill refill) {
        this.database = database;
        this.keys = keys;
        this.refill = refill;
    }

    /** Level 0 ends it. */
    void put(Quorum quorum, int level) {
        var players = quorum.players().values();
        if (level == 0) {
            database.standingOrders().remove(quorum.keyId(), players);
        } else {
            database.standingOrders()
                    .put(new quorate.store.StandingOrder(quorum.keyId(), players.stream().toList(), level));
        }
        refresh();
    }

    /** The level that is ordered for a pool; 0 if there is no order. */
    int level(PoolKey key) {
        refresh();
        return order(key).map(StandingOrder::level).orElse(0);
    }

    /**
     * What an ordered pool is made of.
     *
     * @throws Refused PSG-6 without an order
     */
    Kind kind(PoolKey key) throws Refused {
        return order(key)
                .map(StandingOrder::kind)
                .orElseThrow(() -> new Refused(Check.PSG_6, "no standing order for " + key));
    }

    private Optional<StandingOrder> order(PoolKey key) {
        return refill.orders().stream().filter(order -> order.pool().equals(key)).findFirst();
    }

    /** Puts the orders into force that the database has. Those of a key that cannot be used rest. */
    synchronized void refresh() {
        long now = database.changes();
        if (version.getAndSet(now) == now) {
            return;
        }
        var inForce = new HashSet<PoolKey>();
        for (var stored : database.standingOrders().all()) {
            quorum(stored.keyId(), stored.players()).ifPresent(quorum -> {
                refill.order(new StandingOrder(quorum.pool(), quorum.kind(), stored.level()));
                inForce.add(quorum.pool());
            });
        }
        refill.orders().stream()
                .map(StandingOrder::pool)
                .filter(pool -> !inForce.contains(pool))
                .forEach(refill::cancel);
    }

    private Optional<Quorum> quorum(String keyId, Collection<Integer> players) {
        try {
            return Optional.of(Quorum.of(keys.offers(keyId), players));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
