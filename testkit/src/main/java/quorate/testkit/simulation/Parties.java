package quorate.testkit.simulation;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Unresponsive;

/** Some parties of a run. Each assertion is about every one of them. */
public final class Parties<R> {
    private final Run<R> run;
    private final SortedSet<Integer> parties;

    Parties(Run<R> run, Set<Integer> parties) {
        this.run = run;
        this.parties = new TreeSet<>(parties);
        if (parties.isEmpty()) {
            throw new AssertionError("nobody to say anything about\n" + run);
        }
    }

    /** They have a result. */
    public Parties<R> finishes() {
        return all("finishes", outcome -> outcome instanceof Outcome.Finished);
    }

    /** They caught exactly these parties in exactly this. */
    public Parties<R> blames(Check check, Integer... culprits) {
        var expected = new TreeSet<>(List.of(culprits));
        return allFail(
                "blames " + expected + " under " + check,
                reason -> reason instanceof Misbehaviour misbehaviour
                        && misbehaviour.check() == check
                        && misbehaviour.culprits().equals(expected));
    }

    /** They found that parties differ in this, and blame nobody. */
    public Parties<R> fails(Check check) {
        return allFail("fails under " + check, reason -> reason instanceof Disagreement d && d.check() == check);
    }

    /** They did not even start. */
    public Parties<R> refuses(Check check) {
        return allFail("refuses under " + check, reason -> reason instanceof Refused r && r.check() == check);
    }

    /** They waited in vain for exactly these. */
    public Parties<R> misses(Integer... silent) {
        var expected = new TreeSet<>(List.of(silent));
        return allFail("misses " + expected, reason -> reason instanceof Unresponsive u && u.silent().equals(expected));
    }

    /** They heard that another party gave up. */
    public Parties<R> isTold(Check.Verdict verdict) {
        return allFail("is told " + verdict, reason -> reason instanceof Aborted a && a.reported() == verdict);
    }

    /** They have no result, for whatever reason. */
    public Parties<R> fails() {
        return allFail("fails", reason -> true);
    }

    /** Their report contains all of this. */
    public Parties<R> says(String... words) {
        return allFail("says " + List.of(words), reason -> contains(reason.getMessage(), words));
    }

    private static boolean contains(@Nullable String message, String... words) {
        return message != null && List.of(words).stream().allMatch(message::contains);
    }

    private Parties<R> allFail(String what, Predicate<CeremonyException> expectation) {
        return all(what, outcome -> outcome instanceof Outcome.Failed<R>(var reason) && expectation.test(reason));
    }

    private Parties<R> all(String what, Predicate<Outcome<R>> expectation) {
        for (var party : parties) {
            if (!expectation.test(run.outcome(party))) {
                throw new AssertionError("not so: party " + party + " " + what + "\n" + run);
            }
        }
        return this;
    }
}
