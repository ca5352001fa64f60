package quorate.node.presign;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.commit.Octets;
import quorate.node.identity.Bytes32;
import quorate.node.key.Committee;
import quorate.node.key.KeyRing;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.node.pair.PairBook;
import quorate.node.problem.ProblemException;
import quorate.presign.Origin;
import quorate.presign.Surroundings;
import quorate.rounds.Entry;
import quorate.store.Database;
import quorate.store.NotOwner;
import quorate.store.StorageFailed;

/**
 * Keys and processes as this node knows them at this moment (protocols.md 15.3, 5.3, 3.6). The database is read again
 * when it has changed, before a pool is asked for anything and never under its lock; so a claim costs no query.
 */
public final class KnownKeys implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);

    private final Database database;
    private final KeyRing ring;
    private final PairBook book;
    private final Self self;
    private final Map<String, KnownKey> known = new ConcurrentHashMap<>();
    private final Map<Integer, Bytes32> processes = new ConcurrentHashMap<>();
    private final List<Consumer<String>> unreadable = new CopyOnWriteArrayList<>();

    public KnownKeys(Database database, KeyRing ring, PairBook book, Self self) {
        this.database = database;
        this.ring = ring;
        this.book = book;
        this.self = self;
    }

    /** Takes what an operator should see of a key in use that cannot be read any more. */
    void whenUnreadable(Consumer<String> listener) {
        unreadable.add(listener);
    }

    public Self self() {
        return self;
    }

    /**
     * The sharings that this node offers to sessions, the newest first.
     *
     * @throws ProblemException as {@link KeyRing#offers}
     */
    public List<LoadedKey> offers(String keyId) {
        long version = database.changes();
        var cached = known.get(keyId);
        var key = cached != null && cached.version() == version ? cached : read(keyId, version);
        key.refusal().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return key.offers();
    }

    /** Who the parties of a key are, or were when it was last here; empty if this node knows no such key. */
    Optional<Committee> committee(String keyId) {
        if (!known.containsKey(keyId)) {
            try {
                offers(keyId);
            } catch (ProblemException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(known.get(keyId)).map(KnownKey::committee);
    }

    /** Looks again at every key that was asked for before, if the database changed since; says whether it did. */
    boolean refresh() {
        boolean changed = false;
        for (var keyId : known.keySet()) {
            long version = database.changes();
            var cached = known.get(keyId);
            if (cached != null && cached.version() != version) {
                read(keyId, version);
                changed = true;
            }
        }
        return changed;
    }

    private KnownKey read(String keyId, long version) {
        try {
            return keep(keyId, readable(keyId, version));
        } catch (ProblemException e) {
            var before = known.get(keyId);
            if (before == null) {
                // Whoever asks for keys that were never here costs no memory.
                throw e;
            }
            return keep(keyId, before.gone(version, e.problem()));
        }
    }

    /** One bad row ends the use of its key, and not the watch over all the others. Of a database that fails, it does. */
    private KnownKey readable(String keyId, long version) {
        try {
            return KnownKey.of(version, ring.offers(keyId), database, book);
        } catch (ProblemException | NotOwner | StorageFailed e) {
            throw e;
        } catch (RuntimeException e) {
            var problem = Problem.of(
                    ProblemCode.KEY_UNUSABLE, "what the database has about key " + keyId + " cannot be read");
            LOG.error("{}", problem.detail(), e);
            // Once, and of keys in use only: events are kept for ever.
            Optional.ofNullable(known.get(keyId))
                    .filter(before -> !before.refusal().equals(Optional.of(problem)))
                    .ifPresent(before -> unreadable.forEach(listener -> listener.accept(problem.detail())));
            throw new ProblemException(problem);
        }
    }

    private KnownKey keep(String keyId, KnownKey read) {
        known.merge(keyId, read, (one, other) -> one.version() > other.version() ? one : other);
        return read;
    }

    /**
     * {@code player} runs as this process.
     *
     * @return whether it ran as another one before
     */
    boolean runs(int player, Bytes32 incarnation) {
        var before = processes.put(player, incarnation);
        return before != null && !before.equals(incarnation);
    }

    /** The process of a player: the last one whose link this node accepted, whether it is up or not. */
    Optional<Bytes32> process(int player) {
        return player == self.player() ? Optional.of(self.incarnation()) : Optional.ofNullable(processes.get(player));
    }

    @Override
    public boolean offersSharing(Origin origin) {
        return offer(origin).isPresent();
    }

    @Override
    public boolean isCurrent(Origin origin) {
        return offer(origin)
                .filter(key -> origin.parts().stream().allMatch(entry -> isCurrent(key.committee(), entry)))
                .isPresent();
    }

    private boolean isCurrent(Committee committee, Entry entry) {
        var member = committee.members().get(entry.index());
        return member != null
                && Arrays.equals(member.id().bytes(), entry.id())
                && process(member.player())
                        .filter(process -> Arrays.equals(process.bytes(), entry.incarnation()))
                        .isPresent();
    }

    /** Empty for FROST, whose pairs have no state. */
    @Override
    public boolean hasBannedPair(Origin origin) {
        var key = known.get(origin.pool().keyId());
        if (key == null || origin.setups().isEmpty()) {
            return false;
        }
        // After a ban only what was made with the fresh pair state is good.
        return !Collections.disjoint(origin.setups(), key.banned())
                || origin.parts().stream()
                        .map(entry -> Octets.of(entry.id()))
                        .filter(key.usable()::containsKey)
                        .anyMatch(peer -> Collections.disjoint(
                                key.usable().getOrDefault(peer, Set.of()), origin.setups()));
    }

    private Optional<LoadedKey> offer(Origin origin) {
        return Optional.ofNullable(known.get(origin.pool().keyId()))
                .flatMap(key -> key.offers().stream()
                        .filter(offer -> Arrays.equals(offer.sharing().shareId(), origin.shareId()))
                        .findFirst());
    }
}
