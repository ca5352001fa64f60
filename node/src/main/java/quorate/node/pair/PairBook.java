package quorate.node.pair;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.algebra.DecodingException;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.node.key.LoadedKey;
import quorate.pair.PairOffers;
import quorate.pair.PairSetup;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.store.Bytes;
import quorate.store.Damaged;
import quorate.store.Database;
import quorate.store.StoredPairState;

/** The pair states of this node's keys, between the database and sessions (protocols.md 0.4, 3.1, 3.6). */
public final class PairBook {
    private static final int AGREEING = 0;

    private final Database database;
    private final Clock clock;
    private final Duration grace;

    /**
     * @param grace how long a former state stays after a newer one was made: as long as a session may take that began
     *     when there was only the former
     */
    public PairBook(Database database, Clock clock, Duration grace) {
        this.database = database;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * What this node lists in AGREE: the usable setups with the parties of a session, the newest first. Where two
     * sharings are offered, the newest of each.
     */
    public PairOffers offers(List<LoadedKey> offered, Set<Integer> parties) {
        var setups = new TreeMap<Integer, List<Octets>>();
        int each = offered.size() == 1 ? PairOffers.MAX_SETUPS : 1;
        for (var key : offered) {
            var listed = new HashMap<Integer, Integer>();
            for (var state : usable(key)) {
                if (parties.contains(state.peer()) && listed.merge(state.peer(), 1, Integer::sum) <= each) {
                    var ofPeer = setups.computeIfAbsent(state.peer(), ignored -> new ArrayList<>());
                    if (ofPeer.size() < PairOffers.MAX_SETUPS) {
                        ofPeer.add(octets(state.setup()));
                    }
                }
            }
        }
        return new PairOffers(setups);
    }

    /** Whether there is a pair state with {@code party} that sessions may use. */
    public boolean hasUsable(LoadedKey key, int party) {
        return usablePeers(key).contains(party);
    }

    /** The parties with whom there is a pair state that sessions may use. */
    public Set<Integer> usablePeers(LoadedKey key) {
        return usable(key).stream().map(StoredPairState::peer).collect(Collectors.toSet());
    }

    /** The pair states of a sharing that sessions may use, by peer, the newest first. */
    public List<StoredPairState> usable(LoadedKey key) {
        return database.pairStates().of(keyId(key), shareId(key)).stream()
                .filter(state -> isUsable(key, state))
                .toList();
    }

    /** Whether sessions of the pair may use this state: only bans that one of the two raised against the other count. */
    static boolean isUsable(LoadedKey key, StoredPairState state) {
        var peer = key.committee().members().get(state.peer());
        return peer != null && state.usable(Bytes.of(peer.id().bytes()));
    }

    /** The highest generation that this node has with {@code party} in this sharing, whatever became of it. */
    public long generation(LoadedKey key, int party) {
        return database.pairStates().of(keyId(key), shareId(key)).stream()
                .filter(state -> state.peer() == party)
                .mapToLong(StoredPairState::generation)
                .max()
                .orElse(PairSetup.NONE);
    }

    /**
     * The setups that a session uses: for each peer the newest one of this sharing that both listed (protocols.md 3.1).
     * A peer that lists the newest has it, so that the former is wiped here, once no session that began before can need it.
     *
     * @throws Disagreement PAIR-2 naming the parties with whom there is none in common
     */
    public SortedMap<Integer, Octets> choose(LoadedKey key, Agreement agreement) throws Disagreement {
        var chosen = common(key, agreement);
        var without = agreement.parties();
        without.remove(agreement.me());
        without.removeAll(chosen.keySet());
        if (!without.isEmpty()) {
            throw new Disagreement(Check.PAIR_2, AGREEING, "pair state diverged with parties " + without);
        }
        return chosen;
    }

    /** The same, without a setup for whom there is none. */
    SortedMap<Integer, Octets> common(LoadedKey key, Agreement agreement) {
        var mine = listed(agreement, agreement.me());
        var states = database.pairStates().of(keyId(key), shareId(key));
        var chosen = new TreeMap<Integer, Octets>();
        for (int party : agreement.parties()) {
            if (party != agreement.me()) {
                var theirs = listed(agreement, party).with(agreement.me());
                var ours = states.stream().filter(state -> state.peer() == party).toList();
                var common = ours.stream()
                        .filter(state -> isUsable(key, state))
                        .filter(state -> mine.with(party).contains(octets(state.setup())))
                        .filter(state -> theirs.contains(octets(state.setup())))
                        .findFirst();
                common.ifPresent(state -> chosen.put(party, octets(state.setup())));
                common.ifPresent(state -> forgetOlder(ours, state));
            }
        }
        return chosen;
    }

    private void forgetOlder(List<StoredPairState> ofPeer, StoredPairState common) {
        boolean replaced = ofPeer.size() > 1
                && ofPeer.getFirst().equals(common)
                && common.madeAt().plus(grace).isBefore(clock.instant());
        if (replaced) {
            database.pairStates().forgetBefore(common.keyId(), common.shareId(), common.peer(), common.generation());
        }
    }

    private static PairOffers listed(Agreement agreement, int party) {
        try {
            return PairOffers.decode(Optional.ofNullable(agreement.pairs().get(party)).orElse(new byte[0]));
        } catch (DecodingException e) {
            // AGREE was read before, with the same rules.
            throw new IllegalStateException(e);
        }
    }

    /**
     * Unseals pair states for one session.
     *
     * @throws Disagreement PAIR-2 if one was banned or replaced since it was chosen
     */
    public SortedMap<Integer, PairState> open(LoadedKey key, SortedMap<Integer, Octets> setups, Secrets scope)
            throws Disagreement {
        var states = new TreeMap<Integer, PairState>();
        for (var entry : setups.entrySet()) {
            states.put(entry.getKey(), open(key, entry.getKey(), entry.getValue(), scope));
        }
        return states;
    }

    private PairState open(LoadedKey key, int party, Octets setup, Secrets scope) throws Disagreement {
        try {
            var state = database.pairStates()
                    .use(keyId(key), shareId(key), party, Bytes.of(setup.bytes()), bytes -> PairState.decode(bytes, scope));
            if (state.me() != key.party() || state.peer() != party || !Arrays.equals(state.setup(), setup.bytes())) {
                throw damaged(key, party, "is another one than its row says");
            }
            return state;
        } catch (DecodingException e) {
            throw damaged(key, party, "cannot be read");
        } catch (Damaged e) {
            throw damaged(key, party, "does not open");
        } catch (IllegalArgumentException e) {
            throw new Disagreement(Check.PAIR_2, AGREEING, "the pair state with party " + party + " is gone: " + e.getMessage());
        }
    }

    private static Disagreement damaged(LoadedKey key, int party, String what) {
        return new Disagreement(
                Check.PAIR_2, AGREEING, "the pair state of key " + keyId(key) + " with party " + party + " " + what);
    }

    /**
     * Counts a session that uses these setups, before its round 1; closing says that this process outlived it.
     *
     * @param items of the batch
     * @throws Disagreement PAIR-2 if one was replaced since it was chosen
     */
    public Use begin(LoadedKey key, Collection<Octets> setups, int items) throws Disagreement {
        var used = setups.stream().map(setup -> Bytes.of(setup.bytes())).toList();
        try {
            database.pairStates().began(keyId(key), shareId(key), used, items);
        } catch (IllegalArgumentException e) {
            throw new Disagreement(Check.PAIR_2, AGREEING, "a pair state is gone: " + e.getMessage());
        }
        return () -> database.pairStates().ended(keyId(key), shareId(key), used);
    }

    /** A session that has begun and not ended. */
    public interface Use extends AutoCloseable {
        @Override
        void close();
    }

    static String keyId(LoadedKey key) {
        return key.description().keyId();
    }

    static Bytes shareId(LoadedKey key) {
        return Bytes.of(key.sharing().shareId());
    }

    private static Octets octets(Bytes bytes) {
        return Octets.of(bytes.toArray());
    }
}
