package quorate.pair;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Misbehaviour;

/**
 * One party's {@link PairExchange} with every other party of a ceremony that makes a sharing (protocols.md 1.1, 5): gen is
 * 0. With no peers it does nothing, as ceremonies for keys without pair states need. Peers are named by their {@link
 * Entry#address}, which is the index but in a new committee.
 */
public final class PairExchanges {
    private final SortedMap<Integer, PairExchange> exchanges = new TreeMap<>();

    private PairExchanges() {}

    /** For keys of schemes that have no pair states. */
    public static PairExchanges none() {
        return new PairExchanges();
    }

    /**
     * Draws the invitations to {@code peers}, in ascending order.
     *
     * @param role of this party and all peers
     * @param me its index
     * @param peers their indices
     */
    public static PairExchanges start(
            byte[] d1, long epoch, int role, int me, Collection<Integer> peers, Draw draw, Secrets scope) {
        var all = new PairExchanges();
        for (int peer : new TreeSet<>(peers)) {
            var exchange = PairExchange.start(new PairTerms(d1, epoch, 0, me, peer), draw, scope);
            all.exchanges.put(Entry.address(role, peer), exchange);
        }
        return all;
    }

    /** {@link PairInvitation#NONE} for whom there is no exchange with. */
    public PairInvitation invitation(int peer) {
        var exchange = exchanges.get(peer);
        return exchange == null ? PairInvitation.NONE : exchange.invitation();
    }

    /**
     * Draws the answers, in ascending order.
     *
     * @param round in which {@code invitations} came
     * @throws Misbehaviour PAIR-1, naming everybody with a bad point
     */
    public Answers answer(int round, Map<Integer, PairInvitation> invitations) throws Misbehaviour {
        var answers = new Answers();
        var culprits = new TreeSet<Integer>();
        for (var exchange : exchanges.entrySet()) {
            int peer = exchange.getKey();
            try {
                answers.answered.put(peer, exchange.getValue().answer(of(invitations, peer)));
            } catch (DecodingException e) {
                culprits.add(peer);
            }
        }
        requireNone(culprits, round);
        return answers;
    }

    private static <T> T of(Map<Integer, T> messages, int peer) {
        var message = messages.get(peer);
        if (message == null) {
            throw new IllegalArgumentException("no message of party " + peer);
        }
        return message;
    }

    private static void requireNone(Set<Integer> culprits, int round) throws Misbehaviour {
        if (!culprits.isEmpty()) {
            throw new Misbehaviour(Check.PAIR_1, round, culprits);
        }
    }

    /** When all invitations are out. */
    public static final class Answers {
        private final SortedMap<Integer, PairExchange.Answered> answered = new TreeMap<>();

        private Answers() {}

        /** Whether there are no exchanges: then nobody answers. */
        public boolean isEmpty() {
            return answered.isEmpty();
        }

        public PairAnswer to(int peer) {
            return of(answered, peer).answer();
        }

        /**
         * The pair states, by index of the peer.
         *
         * @param round in which {@code answers} came
         * @throws Misbehaviour PAIR-1, naming everybody with a bad point
         */
        public SortedMap<Integer, PairState> finish(int round, Map<Integer, PairAnswer> answers) throws Misbehaviour {
            var states = new TreeMap<Integer, PairState>();
            var culprits = new TreeSet<Integer>();
            for (var exchange : answered.entrySet()) {
                int peer = exchange.getKey();
                try {
                    var state = exchange.getValue().finish(of(answers, peer));
                    states.put(state.peer(), state);
                } catch (DecodingException e) {
                    culprits.add(peer);
                }
            }
            requireNone(culprits, round);
            return states;
        }
    }
}
