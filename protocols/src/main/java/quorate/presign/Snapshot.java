package quorate.presign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import quorate.algebra.Transcript;

/**
 * What this node held FREE of a pool when a comparison began (PSG-5). What is made meanwhile is not part of it, so a
 * comparison cannot drop what the others have not been told of yet.
 *
 * @param ids ascending
 */
public record Snapshot(PoolKey pool, List<PresignatureId> ids) {
    public Snapshot {
        ids = List.copyOf(ids);
        PoolFrame.requireAscending(ids);
    }

    /** TH("pool", its FREE ids ascending): what is sent first. */
    public PoolNotice.Digest digest() {
        var transcript = Transcript.of("pool");
        ids.forEach(id -> transcript.add(id.bytes()));
        return new PoolNotice.Digest(pool, transcript.hash());
    }

    /** What is sent where digests differ. */
    public PoolNotice.Listing listing() {
        return new PoolNotice.Listing(pool, ids);
    }

    /** Whether all of these hold exactly what is here: then no list is needed. */
    public boolean agreesWith(Collection<PoolNotice.Digest> theirs) {
        var mine = digest();
        return theirs.stream()
                .allMatch(digest -> digest.pool().equals(pool) && Arrays.equals(digest.digest(), mine.digest()));
    }

    /**
     * The ids that all of P hold: some of mine, never one that only others name.
     *
     * @param theirs of every other party of P the same digest, or a list
     * @throws IllegalArgumentException if a party is missing, speaks of another pool, or only shows another digest
     */
    public SortedSet<PresignatureId> heldByAll(Map<Integer, PoolNotice> theirs) {
        if (!pool.parties().containsAll(theirs.keySet()) || theirs.size() != pool.parties().size() - 1) {
            throw new IllegalArgumentException("a comparison of " + pool + " with " + theirs.keySet());
        }
        var common = new TreeSet<>(ids);
        for (var notice : theirs.values()) {
            if (!notice.pool().equals(pool)) {
                throw new IllegalArgumentException("a comparison of " + pool + " with " + notice.pool());
            }
            switch (notice) {
                case PoolNotice.Listing listing -> common.retainAll(new HashSet<>(listing.ids()));
                case PoolNotice.Digest digest -> {
                    if (!agreesWith(List.of(digest))) {
                        throw new IllegalArgumentException("another digest of " + pool + " and no list");
                    }
                }
            }
        }
        return common;
    }

    /** The ids of mine that not all of P hold. */
    List<PresignatureId> without(SortedSet<PresignatureId> common) {
        var rest = new ArrayList<>(ids);
        rest.removeAll(common);
        return rest;
    }
}
