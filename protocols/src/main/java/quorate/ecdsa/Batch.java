package quorate.ecdsa;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.KeyShare;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Workers;

/**
 * What all items of one session have in common (protocols.md 3.1).
 *
 * @param pairs by peer: the pair states that this session uses
 * @param items B
 */
record Batch(
        Agreement agreement,
        KeyShare share,
        SortedMap<Integer, PairState> pairs,
        Verdicts verdicts,
        Draw draw,
        Secrets secrets,
        Workers workers,
        int items) {
    static final int MAX_ITEMS = 64;

    private static final int FIRST_ROUND = 1;

    /**
     * Checks that what this party brings fits the agreement.
     *
     * @throws Refused if not exactly the threshold take part
     * @throws Disagreement PAIR-2 if there is no pair state with one of them: the pair needs a new set-up
     * @throws IllegalArgumentException if the share does not fit the agreement, or the batch is too large
     */
    static Batch of(
            Agreement agreement,
            KeyShare share,
            Map<Integer, PairState> states,
            Verdicts verdicts,
            Draw draw,
            Secrets secrets,
            Workers workers,
            int items)
            throws CeremonyException {
        var sharing = share.sharing();
        requireSame("group", agreement.group().equals(sharing.group()));
        requireSame("scheme", agreement.scheme() == sharing.scheme().code());
        requireSame("key id", Arrays.equals(agreement.keyId(), sharing.keyId()));
        requireSame("sharing", Arrays.equals(agreement.shareId(), sharing.shareId()));
        requireSame("party", agreement.me() == share.index());
        if (items < 1 || items > MAX_ITEMS) {
            throw new IllegalArgumentException(items + " items, not 1 to " + MAX_ITEMS);
        }
        var signers = agreement.parties();
        if (signers.size() != sharing.threshold()) {
            throw new Refused(Check.COM_5, signers.size() + " parties sign, not exactly " + sharing.threshold());
        }
        if (signers.getFirst() < 1 || signers.getLast() > sharing.players()) {
            throw new Refused(Check.COM_5, "not all of " + signers + " are among 1 to " + sharing.players());
        }
        var peers = new TreeSet<>(signers);
        peers.remove(agreement.me());
        var pairs = new TreeMap<Integer, PairState>();
        for (int peer : peers) {
            var state = states.get(peer);
            if (state == null) {
                throw new Disagreement(Check.PAIR_2, FIRST_ROUND, "no pair state with party " + peer);
            }
            requireSame("pair", state.me() == agreement.me() && state.peer() == peer);
            pairs.put(peer, state);
        }
        var ordered = Collections.unmodifiableSortedMap(pairs);
        return new Batch(agreement, share, ordered, verdicts, draw, secrets, workers, items);
    }

    private static void requireSame(String what, boolean same) {
        if (!same) {
            throw new IllegalArgumentException("the share has another " + what + " than the agreement");
        }
    }

    Group group() {
        return agreement.group();
    }

    int me() {
        return agreement.me();
    }

    byte[] ctx() {
        return agreement.ctx();
    }

    /** ctx_k = TH("ctx/item", ctx, I2OSP(k,4)). */
    byte[] ctx(int k) {
        return Transcript.of("ctx/item").add(agreement.ctx()).addU32(k).hash();
    }

    /** Does the work of every item, on all workers that have time. */
    <T> List<T> each(IntFunction<T> work) {
        var results = new ConcurrentSkipListMap<Integer, T>();
        workers.each(items, k -> results.put(k, work.apply(k)));
        return List.copyOf(results.values());
    }

    /**
     * Passes one verdict for each pair.
     *
     * @param finding by peer: which check failed in any item, evaluated under the lock of the pair; treats all items
     *     alike
     * @throws Misbehaviour naming the peers who failed the first of the checks that failed; all who failed are banned
     * @throws Refused if a pair is banned already
     */
    void judge(int round, IntFunction<Optional<Check>> finding) throws CeremonyException {
        var failed = new TreeMap<Check, TreeSet<Integer>>();
        for (var pair : pairs.values()) {
            verdicts.judge(pair, () -> finding.apply(pair.peer()))
                    .ifPresent(check -> failed.computeIfAbsent(check, none -> new TreeSet<>()).add(pair.peer()));
        }
        var first = failed.firstEntry();
        if (first != null) {
            throw new Misbehaviour(first.getKey(), round, first.getValue());
        }
    }

    @Override
    public String toString() {
        return "Batch[" + items + " items, party " + me() + "]";
    }
}
