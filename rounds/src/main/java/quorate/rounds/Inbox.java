package quorate.rounds;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The messages of one round, by party index, ascending. Of a broadcast round it holds this party's own
 * message too, because digests and sums run over everybody; checks run over the others only.
 */
public final class Inbox<I extends Message> {
    private final int round;
    private final int me;
    private final SortedMap<Integer, I> messages;
    private final SortedMap<Integer, byte[]> payloads;

    public Inbox(int round, int me, Map<Integer, I> messages, Map<Integer, byte[]> payloads) {
        this.round = round;
        this.me = me;
        this.messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
        this.payloads = Collections.unmodifiableSortedMap(new TreeMap<>(payloads));
    }

    public int round() {
        return round;
    }

    /** Everybody's message; this party's own only in a broadcast round. */
    public SortedMap<Integer, I> all() {
        return messages;
    }

    public I of(int party) {
        var message = messages.get(party);
        if (message == null) {
            throw new IllegalArgumentException("no message of party " + party);
        }
        return message;
    }

    /** The bytes as sent, for digests of everything broadcast in a round. */
    public SortedMap<Integer, byte[]> payloads() {
        return payloads;
    }

    /** BLAME: the condition must hold for every other party; names all for whom it does not. */
    public void require(Check check, Condition<I> condition) throws Misbehaviour {
        var culprits = failing(condition);
        if (!culprits.isEmpty()) {
            throw new Misbehaviour(check, round, culprits);
        }
    }

    /** FAIL: the condition must hold for every other party, but who is wrong cannot be said. */
    public void requireSame(Check check, Condition<I> condition) throws Disagreement {
        var differing = failing(condition);
        if (!differing.isEmpty()) {
            throw new Disagreement(check, round, List.of(Difference.at("message", differing)));
        }
    }

    /**
     * FAIL: everybody must echo the digest of the broadcasts of round {@code echoed}. On a difference
     * the session exchanges the signed digests of that round, which names an equivocator (COM-8).
     */
    public void requireEcho(Check check, int echoed, byte[] mine, Function<I, byte[]> theirs) throws Disagreement {
        var differing = failing((party, message) -> Arrays.equals(theirs.apply(message), mine));
        if (!differing.isEmpty()) {
            var digest = Difference.at("digest of round " + echoed, differing);
            throw new Disagreement(check, round, List.of(digest), echoed);
        }
    }

    private SortedSet<Integer> failing(Condition<I> condition) {
        var failing = new TreeSet<Integer>();
        messages.forEach((party, message) -> {
            if (party != me && !condition.holds(party, message)) {
                failing.add(party);
            }
        });
        return failing;
    }

    /** A check of the paper over one party's message. */
    @FunctionalInterface
    public interface Condition<I> {
        boolean holds(int party, I message);
    }
}
