package quorate.presign;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.commit.Octets;
import quorate.pair.PairOffers;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;

/** The session that a batch of presignatures came from. One object for the whole batch; equal only to itself. */
public final class Origin {
    private final Kind kind;
    private final PoolKey pool;
    private final byte[] shareId;
    private final List<Entry> parts;
    private final Set<NamedSetup> setups;
    private final Instant time;

    private Origin(Kind kind, PoolKey pool, byte[] shareId, List<Entry> parts, Set<NamedSetup> setups, Instant time) {
        this.kind = kind;
        this.pool = pool;
        this.shareId = shareId.clone();
        this.parts = List.copyOf(parts);
        this.setups = Set.copyOf(setups);
        this.time = time;
    }

    /**
     * The session that ran under this agreement.
     *
     * @param time when it began
     */
    public static Origin of(Kind kind, Agreement agreement, Instant time) {
        var pool = PoolKey.of(PoolKey.keyId(agreement.keyId()), agreement.parties());
        var setups = kind == Kind.ECDSA ? setups(agreement) : Set.<NamedSetup>of();
        return new Origin(kind, pool, agreement.shareId(), agreement.participants(), setups, time);
    }

    /** What two parties both listed, of every pair: AGREE showed it to everybody. */
    private static Set<NamedSetup> setups(Agreement agreement) {
        var offers = new TreeMap<Integer, PairOffers>();
        try {
            for (var said : agreement.pairs().entrySet()) {
                offers.put(said.getKey(), PairOffers.decode(said.getValue()));
            }
        } catch (DecodingException e) {
            // AGREE was read before, with the same rules.
            throw new IllegalStateException(e);
        }
        var ids = new HashMap<Integer, Octets>();
        agreement.participants().forEach(entry -> ids.put(entry.index(), Octets.of(entry.id())));
        var setups = new HashSet<NamedSetup>();
        offers.forEach((i, ofI) -> offers.headMap(i).forEach((j, ofJ) -> ofI.with(j).stream()
                .filter(ofJ.with(i)::contains)
                .map(setup -> NamedSetup.of(setup, id(ids, i), id(ids, j)))
                .forEach(setups::add)));
        return setups;
    }

    private static Octets id(Map<Integer, Octets> ids, int party) {
        var id = ids.get(party);
        if (id == null) {
            throw new IllegalArgumentException("party " + party + " said what pairs it has and took no part");
        }
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** keyId and P. */
    public PoolKey pool() {
        return pool;
    }

    /** The sharing that the presignatures belong to. */
    public byte[] shareId() {
        return shareId.clone();
    }

    /** The participants, each with the inc of the process that took part. */
    public List<Entry> parts() {
        return parts;
    }

    /** Of ECDSA: the pair states (protocols.md 3.6) that its pairs had in common; one of each pair was used. */
    public Set<NamedSetup> setups() {
        return setups;
    }

    /** When the session began: age counts from here. */
    public Instant time() {
        return time;
    }

    @Override
    public String toString() {
        return kind + " of " + pool;
    }
}
