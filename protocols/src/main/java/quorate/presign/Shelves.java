package quorate.presign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * What is FREE, by pool, and what is CLAIMED. Every way out of FREE is here, and each leads to CLAIMED. Guarded by
 * the lock of the pool.
 */
final class Shelves {
    private final Map<PoolKey, Shelf> shelves = new HashMap<>();
    private final Spent spent = new Spent();
    private final Occupancy occupancy;
    private final LongSupplier nanos;

    Shelves(Occupancy occupancy, LongSupplier nanos) {
        this.occupancy = occupancy;
        this.nanos = nanos;
    }

    @Nullable Shelf at(PoolKey pool) {
        return shelves.get(pool);
    }

    List<PresignatureId> ids(PoolKey pool) {
        var shelf = at(pool);
        return shelf == null ? List.of() : List.copyOf(shelf.free().keySet());
    }

    void put(PoolKey pool, List<? extends Presignature<?>> batch) {
        var shelf = shelves.computeIfAbsent(pool, key -> new Shelf());
        batch.forEach(presignature -> shelf.free().put(presignature.id(), presignature));
    }

    /** Whether this id is FREE or CLAIMED. */
    boolean knows(PoolKey pool, PresignatureId id) {
        return find(pool, id).isPresent() || spent.contains(id);
    }

    Optional<Presignature<?>> find(PoolKey pool, PresignatureId id) {
        var shelf = at(pool);
        return shelf == null ? Optional.empty() : Optional.ofNullable(shelf.free().get(id));
    }

    /** PSG-1: what is claimed must be FREE. */
    Presignature<?> require(PoolKey pool, PresignatureId id) throws Refused {
        var found = find(pool, id);
        if (found.isEmpty()) {
            throw new Refused(
                    Check.PSG_1,
                    spent.contains(id)
                            ? "this presignature was used or dropped before"
                            : "no free presignature of " + pool + " has this id");
        }
        return found.get();
    }

    /** FREE to CLAIMED: the place is given back, the id remembered, the presignature the caller's. */
    void claim(PoolKey pool, PresignatureId id) {
        var shelf = at(pool);
        if (shelf == null || shelf.free().remove(id) == null) {
            throw new IllegalStateException("only what is free is claimed");
        }
        if (shelf.free().isEmpty()) {
            shelves.remove(pool);
        }
        spent.add(id, nanos.getAsLong());
        occupancy.give(pool.keyId(), 1);
    }

    /** FREE to CLAIMED, wiped: all of {@code ids} that are here. */
    int drop(PoolKey pool, Collection<PresignatureId> ids, DropReason reason, List<Dropped> drops) {
        var dropped = new ArrayList<PresignatureId>();
        for (var id : ids) {
            find(pool, id).ifPresent(presignature -> {
                presignature.wipe();
                claim(pool, id);
                dropped.add(id);
            });
        }
        if (!dropped.isEmpty()) {
            drops.add(new Dropped(pool, reason, dropped));
        }
        return dropped.size();
    }

    void dropWhere(Predicate<Presignature<?>> condition, DropReason reason, List<Dropped> drops) {
        Map.copyOf(shelves).forEach((pool, shelf) -> {
            var ids = shelf.free().values().stream().filter(condition).map(Presignature::id).toList();
            drop(pool, ids, reason, drops);
        });
    }

    void forget() {
        spent.forget(nanos.getAsLong());
    }

    Set<PoolKey> pools() {
        return Set.copyOf(shelves.keySet());
    }

    int count() {
        return shelves.values().stream().mapToInt(shelf -> shelf.free().size()).sum();
    }

    SortedMap<List<Integer>, Integer> counts(String keyId) {
        var counts = new TreeMap<List<Integer>, Integer>(
                (one, other) -> Arrays.compare(one.toArray(Integer[]::new), other.toArray(Integer[]::new)));
        shelves.forEach((pool, shelf) -> {
            if (pool.keyId().equals(keyId)) {
                counts.put(pool.parties(), shelf.free().size());
            }
        });
        return counts;
    }
}
