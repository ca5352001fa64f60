package quorate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pair states of this node's shares of ECDSA keys (protocols.md 1.3, 3.6), sealed like shares, each bound to its
 * key, sharing, peer and setup. They go with their sharing.
 */
public final class PairStates {
    private static final String COLUMNS =
            """
            key_id, share_id, peer, setup, generation, made_at, sessions, crashed,
            dbi = (SELECT dbi FROM node) AS current,
            (SELECT group_concat(hex(CASE accuser WHEN node_id THEN accused ELSE accuser END)) FROM ban, node
                WHERE ban.key_id = pair_state.key_id AND ban.setup = pair_state.setup AND node_id IN (accuser, accused))
                AS banned_with,
            length(sealed_state) = 0 AS wiped
            """;

    /** At so many ends of one setup the database is told: far fewer than the crashes that it may count. */
    private static final int MOST_UNTOLD = 16;

    private final Storage storage;
    private final Vault vault;

    /** Sessions of this process that have begun and that the database does not know the end of: it counts them as crashed. */
    private final Map<Bytes, Integer> running = new ConcurrentHashMap<>();

    /** Those of them that have ended: the database is told together with the next begin, or by {@link #settle}. */
    private final Map<Place, Integer> ended = new ConcurrentHashMap<>();

    private record Place(String keyId, Bytes shareId, Bytes setup) {}

    PairStates(Storage storage, Vault vault) {
        this.storage = storage;
        this.vault = vault;
    }

    /**
     * Stores what a PAIRSETUP made; usable at once. Of the former ones at most the last usable one stays, until the peer has
     * listed the new one; others are wiped.
     *
     * @param peerId id of the node of the other party
     * @return false if nothing was stored, because a ban came up between these two nodes meanwhile (PAIR-4)
     * @throws IllegalArgumentException if this node holds no such sharing
     */
    public boolean add(String keyId, Bytes shareId, Bytes peerId, NewPairState state) {
        return storage.erase(t -> {
            if (Keys.sharing(t, keyId, shareId).isEmpty()) {
                throw new IllegalArgumentException("this node holds no sharing " + shareId + " of key " + keyId);
            }
            if (t.exists("SELECT 1 FROM ban WHERE " + Bans.UNAPPROVED, keyId, peerId, peerId, keyId, peerId)) {
                return false;
            }
            long former = of(t, keyId, shareId).stream()
                    .filter(other -> other.peer() == state.peer() && other.usable(peerId))
                    .mapToLong(StoredPairState::generation)
                    .max()
                    .orElse(state.generation());
            insert(t, vault, keyId, shareId, List.of(state), storage);
            forget(t, keyId, shareId, state.peer(), "generation < ? AND generation <> ?", state.generation(), former);
            return true;
        });
    }

    static void insert(
            Transaction t, Vault vault, String keyId, Bytes shareId, Collection<NewPairState> states, Storage storage)
            throws SQLException {
        for (var state : states) {
            t.changeOne(
                    """
                    INSERT INTO pair_state (key_id, share_id, peer, setup, generation, dbi, sealed_state, made_at)
                    VALUES (?, ?, ?, ?, ?, (SELECT dbi FROM node), ?, ?)
                    """,
                    keyId,
                    shareId,
                    state.peer(),
                    state.setup(),
                    state.generation(),
                    vault.sealPairState(keyId, shareId, state.peer(), state.setup(), state.state()),
                    storage.now());
        }
    }

    /** Of one sharing, by peer, the highest generation first; also those that are not usable. */
    public List<StoredPairState> of(String keyId, Bytes shareId) {
        return storage.read(t -> of(t, keyId, shareId));
    }

    private List<StoredPairState> of(Transaction t, String keyId, Bytes shareId) throws SQLException {
        return t.rows(
                "SELECT " + COLUMNS + " FROM pair_state WHERE key_id = ? AND share_id = ? ORDER BY peer, generation DESC",
                reading(),
                keyId,
                shareId);
    }

    /** Those that have served for so many sessions, or were made before then. */
    public List<StoredPairState> worn(long sessions, Instant madeBefore) {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM pair_state WHERE sessions >= ? OR made_at < ? ORDER BY key_id, share_id, peer",
                reading(),
                sessions,
                madeBefore));
    }

    /**
     * Whether this setup of this node's pair with {@code peerId} may not be used any more: a ban of that pair names it, or
     * has wiped it.
     */
    public boolean isBanned(String keyId, Bytes setup, Bytes peerId) {
        return storage.read(t -> t.exists(
                """
                SELECT 1 FROM ban WHERE key_id = ? AND setup = ? AND (accuser, accused) IN (
                    SELECT node_id, ? FROM node UNION ALL SELECT ?, node_id FROM node)
                UNION ALL SELECT 1 FROM pair_state WHERE key_id = ? AND setup = ? AND length(sealed_state) = 0
                """,
                keyId,
                setup,
                peerId,
                peerId,
                keyId,
                setup));
    }

    /** Of all keys. */
    public List<StoredPairState> all() {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM pair_state ORDER BY key_id, share_id, peer, generation DESC",
                reading()));
    }

    /**
     * Opens a pair state for one use and wipes it afterwards.
     *
     * @throws Damaged if the row was changed or comes from elsewhere
     * @throws IllegalArgumentException if there is none of this name
     */
    public <T, E extends Exception> T use(
            String keyId, Bytes shareId, int peer, Bytes setup, SecretUse<T, E> use) throws E {
        var sealed = storage.read(t -> t.row(
                        """
                        SELECT sealed_state FROM pair_state WHERE key_id = ? AND share_id = ? AND peer = ? AND setup = ?
                        """,
                        row -> row.bytes("sealed_state"),
                        keyId,
                        shareId,
                        peer,
                        setup))
                .orElseThrow(() -> new IllegalArgumentException(
                        "this node holds no pair state " + setup + " of key " + keyId));
        return vault.usePairState(keyId, shareId, peer, setup, sealed.toArray(), use);
    }

    /**
     * A session with these setups begins: counts {@code items} uses of each, and one session that has not ended, before
     * round 1.
     *
     * @throws IllegalArgumentException if one of them is gone meanwhile
     */
    public void began(String keyId, Bytes shareId, Collection<Bytes> setups, int items) {
        // Before the database knows, and until it knows the end: whoever reads meanwhile sees no crash.
        setups.forEach(setup -> running.merge(setup, 1, Integer::sum));
        boolean counted = false;
        try {
            count(keyId, shareId, setups, items);
            counted = true;
        } finally {
            if (!counted) {
                setups.forEach(this::runsNoMore);
            }
        }
    }

    private void runsNoMore(Bytes setup) {
        runNoMore(setup, 1);
    }

    private void runNoMore(Bytes setup, int ends) {
        running.computeIfPresent(setup, (ignored, sessions) -> sessions <= ends ? null : sessions - ends);
    }

    private void count(String keyId, Bytes shareId, Collection<Bytes> setups, int items) {
        var places = setups.stream().map(setup -> new Place(keyId, shareId, setup)).toList();
        telling(places, ends -> storage.count(t -> {
            for (var place : places) {
                int counted = t.change(
                        """
                        UPDATE pair_state SET sessions = sessions + ?, crashed = max(0, crashed - ?) + 1
                        WHERE key_id = ? AND share_id = ? AND setup = ?
                        """,
                        items,
                        ends.getOrDefault(place, 0),
                        keyId,
                        shareId,
                        place.setup());
                if (counted == 0) {
                    throw new IllegalArgumentException(
                            "this node holds no pair state " + place.setup() + " of key " + keyId);
                }
            }
            return true;
        }));
    }

    /**
     * A session ended, however it did, and this process lives. The database learns it later: no answer waits for that.
     */
    public void ended(String keyId, Bytes shareId, Collection<Bytes> setups) {
        var places = setups.stream().map(setup -> new Place(keyId, shareId, setup)).toList();
        var many = places.stream()
                .filter(place -> ended.merge(place, 1, Integer::sum) >= MOST_UNTOLD)
                .toList();
        tell(many);
    }

    /** Tells the database of all ends; to be called every second and at the end. */
    public void settle() {
        tell(List.copyOf(ended.keySet()));
    }

    /** A pair state that is gone meanwhile counts nothing. */
    private void tell(Collection<Place> places) {
        if (places.isEmpty()) {
            return;
        }
        telling(places, ends -> storage.count(t -> {
            for (var end : ends.entrySet()) {
                t.change(
                        """
                        UPDATE pair_state SET crashed = max(0, crashed - ?)
                        WHERE key_id = ? AND share_id = ? AND setup = ?
                        """,
                        end.getValue(),
                        end.getKey().keyId(),
                        end.getKey().shareId(),
                        end.getKey().setup());
            }
            return true;
        }));
    }

    /** The ends of these places are this write's to tell; if it fails, somebody else's. */
    private void telling(Collection<Place> places, Consumer<Map<Place, Integer>> write) {
        var ends = new HashMap<Place, Integer>();
        places.forEach(place -> Optional.ofNullable(ended.remove(place)).ifPresent(count -> ends.put(place, count)));
        boolean told = false;
        try {
            write.accept(ends);
            told = true;
        } finally {
            if (told) {
                ends.forEach((place, count) -> runNoMore(place.setup(), count));
            } else {
                ends.forEach((place, count) -> ended.merge(place, count, Integer::sum));
            }
        }
    }

    /** Wipes all pair states with this peer of a lower generation: it has listed the newer one too. */
    public void forgetBefore(String keyId, Bytes shareId, int peer, long generation) {
        storage.erase(t -> {
            forget(t, keyId, shareId, peer, "generation < ?", generation);
            return true;
        });
    }

    private static void forget(Transaction t, String keyId, Bytes shareId, int peer, String which, Object... generations)
            throws SQLException {
        var values = Stream.concat(Stream.of(keyId, shareId, peer), Stream.of(generations)).toArray();
        var where = " WHERE key_id = ? AND share_id = ? AND peer = ? AND " + which;
        t.change("UPDATE pair_state SET sealed_state = zeroblob(length(sealed_state))" + where, values);
        t.change("DELETE FROM pair_state" + where, values);
    }

    private static Set<Bytes> ids(String hex) {
        return Stream.of(hex.split(",", -1)).map(Bytes::fromHex).collect(Collectors.toSet());
    }

    /** To be made before the rows are read: a session that ends meanwhile is known by one of the two. */
    private Transaction.Reading<StoredPairState> reading() {
        var before = Map.copyOf(running);
        return row -> {
            var setup = row.bytes("setup");
            int here = Math.max(before.getOrDefault(setup, 0), running.getOrDefault(setup, 0));
            return state(row, Math.max(0, row.smallNumber("crashed") - here));
        };
    }

    private static StoredPairState state(Row row, int crashed) throws SQLException {
        return new StoredPairState(
                row.text("key_id"),
                row.bytes("share_id"),
                row.smallNumber("peer"),
                row.bytes("setup"),
                row.number("generation"),
                row.time("made_at"),
                row.smallNumber("current") == 1,
                row.optionalText("banned_with").map(PairStates::ids).orElse(Set.of()),
                row.smallNumber("wiped") == 1,
                row.number("sessions"),
                crashed);
    }
}
