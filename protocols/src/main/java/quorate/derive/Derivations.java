package quorate.derive;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import quorate.algebra.Point;
import quorate.key.Sharing;

/**
 * Derives keys and remembers those on the way, so that siblings cost one step each. Holds at most a fixed number of
 * keys and forgets the one that was not asked for longest. Thread-safe; steps are computed outside of the lock.
 */
public final class Derivations {
    private final int capacity;
    private final IntConsumer meter;
    private final Map<Place, DerivedKey> known = new LinkedHashMap<>(16, 0.75f, true);

    /** Unmetered. */
    public Derivations(int capacity) {
        this(capacity, steps -> {});
    }

    /**
     * Remembers nothing yet.
     *
     * @param capacity how many keys are remembered, about 500 bytes each
     * @param meter counts the steps that are about to be computed, what is remembered costs none; throws where they are
     *     too many, and then none is
     */
    public Derivations(int capacity, IntConsumer meter) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " keys");
        }
        this.capacity = capacity;
        this.meter = meter;
    }

    /**
     * The descendant of the key of {@code sharing} at {@code path}.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public DerivedKey of(Sharing sharing, Path path) {
        return of(DerivedKey.root(sharing), path);
    }

    /**
     * The descendant of {@code root}, which is a key itself, at {@code path}.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public DerivedKey of(DerivedKey root, Path path) {
        if (root.path().depth() != 0) {
            throw new IllegalArgumentException("not a root: " + root);
        }
        var family = new Family(root.publicKey(), root.chainCode());
        int depth = path.depth();
        var key = root;
        for (; depth > 0; depth--) {
            var remembered = recall(new Place(family, path.prefix(depth)));
            if (remembered != null) {
                key = remembered;
                break;
            }
        }
        if (depth < path.depth()) {
            meter.accept(path.depth() - depth);
        }
        for (; depth < path.depth(); depth++) {
            key = key.child(path.indices().get(depth));
            remember(new Place(family, key.path()), key);
        }
        return key;
    }

    private synchronized @Nullable DerivedKey recall(Place place) {
        return known.get(place);
    }

    private synchronized void remember(Place place, DerivedKey key) {
        known.put(place, key);
        if (known.size() > capacity) {
            var eldest = known.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** How many keys are remembered. */
    public synchronized int size() {
        return known.size();
    }

    /** Where a key stands among all keys. */
    private record Place(Family family, Path path) {}

    /** The key that a path starts from. Reshares keep both parts, and so all its descendants. */
    private record Family(Point root, byte[] chainCode) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Family that
                    && Arrays.equals(chainCode, that.chainCode)
                    && root.equals(that.root);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(chainCode);
        }
    }
}
