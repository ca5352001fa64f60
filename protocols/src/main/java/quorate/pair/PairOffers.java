package quorate.pair;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;

/**
 * pairs of AGREE (protocols.md 0.4): which states of its pairs a party would use in this session.
 *
 * @param setups for each party it shares pair state with, the usable setups, newest first, two at most
 */
public record PairOffers(SortedMap<Integer, List<Octets>> setups) {
    public static final PairOffers NONE = new PairOffers(new TreeMap<>());

    /** A pair has its newest state, and the former one until the other party lists the newest. */
    public static final int MAX_SETUPS = 2;

    private static final int MAX_INDEX = 0x7fff;
    private static final int HEADER_BYTES = 3;

    public PairOffers {
        var copy = new TreeMap<Integer, List<Octets>>();
        setups.forEach((peer, listed) -> copy.put(peer, List.copyOf(listed)));
        setups = Collections.unmodifiableSortedMap(copy);
        for (var entry : setups.entrySet()) {
            boolean possible = entry.getKey() >= 1
                    && entry.getKey() <= MAX_INDEX
                    && entry.getValue().size() <= MAX_SETUPS
                    && entry.getValue().stream().allMatch(setup -> setup.length() == PairName.SETUP_BYTES);
            if (!possible) {
                throw new IllegalArgumentException("setups with party " + entry.getKey() + " that no list can have");
            }
        }
    }

    /** Lists the two newest of each pair. {@code usable}: with parties of the session, neither banned nor suspended. */
    public static PairOffers of(Collection<PairName> usable) {
        var newestFirst = usable.stream()
                .sorted(Comparator.comparingLong(PairName::generation).reversed())
                .toList();
        var setups = new TreeMap<Integer, List<Octets>>();
        for (var name : newestFirst) {
            var listed = setups.computeIfAbsent(name.peer(), peer -> new ArrayList<>());
            if (listed.size() < MAX_SETUPS) {
                listed.add(name.setup());
            }
        }
        return new PairOffers(setups);
    }

    /** The setups listed for {@code peer}, newest first. */
    public List<Octets> with(int peer) {
        return setups.getOrDefault(peer, List.of());
    }

    /**
     * setup_{ij} of a session (protocols.md 3.1): the one of highest gen that both listed. Empty: "pair state
     * diverged", the session fails without blame (PAIR-2) and needs PAIRSETUP.
     *
     * <p>The order is that of this party's list, for a setup names its gen; two honest parties choose the same.
     *
     * @param me who says this
     * @param theirs what {@code peer} says
     */
    public Optional<Octets> choose(int me, int peer, PairOffers theirs) {
        var listed = theirs.with(me);
        return with(peer).stream().filter(listed::contains).findFirst();
    }

    /** I2OSP(j,2) || I2OSP(c,1) || c setups, for each j ascending. */
    public byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        setups.forEach((peer, listed) -> {
            bytes.writeBytes(Encoding.i2osp(peer, 2));
            bytes.write(listed.size());
            listed.forEach(setup -> bytes.writeBytes(setup.bytes()));
        });
        return bytes.toByteArray();
    }

    /** Total: exactly what {@link #encode} yields, or an error. */
    public static PairOffers decode(byte[] bytes) throws DecodingException {
        var setups = new TreeMap<Integer, List<Octets>>();
        int previous = 0;
        for (int at = 0; at < bytes.length; ) {
            if (bytes.length - at < HEADER_BYTES) {
                throw new DecodingException("pairs end inside a pair");
            }
            int peer = (int) Encoding.os2ip(bytes, at, 2);
            int count = bytes[at + 2] & 0xff;
            at += HEADER_BYTES;
            if (peer <= previous || peer > MAX_INDEX || count > MAX_SETUPS) {
                throw new DecodingException("party " + peer + " after " + previous + " with " + count + " setups");
            }
            if (bytes.length - at < count * PairName.SETUP_BYTES) {
                throw new DecodingException("pairs end inside a setup");
            }
            var listed = new ArrayList<Octets>();
            for (int i = 0; i < count; i++, at += PairName.SETUP_BYTES) {
                listed.add(Octets.of(Arrays.copyOfRange(bytes, at, at + PairName.SETUP_BYTES)));
            }
            setups.put(peer, listed);
            previous = peer;
        }
        return new PairOffers(setups);
    }
}
