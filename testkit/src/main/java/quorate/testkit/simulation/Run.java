package quorate.testkit.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.rounds.Evidence;
import quorate.rounds.Misbehaviour;

/** What came of one run, and assertions about it. Their failures print the seed and all outcomes. */
public final class Run<R> {
    private final long seed;
    private final int frames;
    private final SortedMap<Integer, Outcome<R>> outcomes;
    private final SortedMap<Integer, Play.Seat<R>> seats;
    private final Set<Integer> liars;

    Run(
            long seed,
            int frames,
            SortedMap<Integer, Outcome<R>> outcomes,
            SortedMap<Integer, Play.Seat<R>> seats,
            Set<Integer> liars,
            Set<Integer> suspects) {
        this.seed = seed;
        this.frames = frames;
        this.outcomes = outcomes;
        this.seats = seats;
        this.liars = liars;
        outcomes.forEach((party, outcome) -> requireNoWrongBlame(party, outcome, suspects));
    }

    private void requireNoWrongBlame(int party, Outcome<R> outcome, Set<Integer> suspects) {
        if (!liars.contains(party)
                && outcome instanceof Outcome.Failed<R>(Misbehaviour misbehaviour)) {
            var innocent = new TreeSet<>(misbehaviour.culprits());
            innocent.removeAll(liars);
            innocent.removeAll(suspects);
            if (!innocent.isEmpty()) {
                throw new AssertionError("party " + party + " blames the honest " + innocent + "\n" + this);
            }
        }
    }

    /** How many frames were sent, for tests that do something to each of them. */
    public int frames() {
        return frames;
    }

    public Outcome<R> outcome(int party) {
        var outcome = outcomes.get(party);
        if (outcome == null) {
            throw new IllegalArgumentException("there is no party " + party);
        }
        return outcome;
    }

    /** The result of a party that has one. */
    public R resultOf(int party) {
        if (outcome(party) instanceof Outcome.Finished<R>(var result)) {
            return result;
        }
        throw new AssertionError("party " + party + " has no result\n" + this);
    }

    /** The results of those who have one. */
    public SortedMap<Integer, R> results() {
        var results = new TreeMap<Integer, R>();
        outcomes.forEach((party, outcome) -> {
            if (outcome instanceof Outcome.Finished<R>(var result)) {
                results.put(party, result);
            }
        });
        return results;
    }

    /** The results, of which there is one per party. */
    public SortedMap<Integer, R> allFinish() {
        new Parties<>(this, outcomes.keySet()).finishes();
        return results();
    }

    /** Everybody who neither lies nor was killed. */
    public Parties<R> everyHonestParty() {
        var honest = new TreeSet<>(outcomes.keySet());
        honest.removeAll(liars);
        honest.removeIf(party -> outcome(party) instanceof Outcome.Killed);
        return new Parties<>(this, honest);
    }

    /** These parties. */
    public Parties<R> parties(Integer... parties) {
        return new Parties<>(this, new TreeSet<>(Arrays.asList(parties)));
    }

    /** The contradicting statements that this party can show. */
    public List<Evidence> proofOf(int party) {
        var seat = seats.get(party);
        if (seat == null) {
            throw new IllegalArgumentException("there is no party " + party);
        }
        return seat.session().proof();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("seed " + seed + ", " + frames + " frames");
        outcomes.forEach((party, outcome) -> text.append("\n  party ")
                .append(party)
                .append(liars.contains(party) ? " (liar): " : ": ")
                .append(switch (outcome) {
                    case Outcome.Finished<R> finished -> "finished";
                    case Outcome.Failed<R>(var reason) ->
                        reason.getClass().getSimpleName() + ": " + reason.getMessage();
                    case Outcome.Killed<R> killed -> "killed";
                }));
        return text.toString();
    }
}
