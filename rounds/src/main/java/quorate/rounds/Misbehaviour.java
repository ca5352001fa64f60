package quorate.rounds;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** BLAME: peers broke the protocol in a way that this party saw for itself (protocols.md 0.7). */
public final class Misbehaviour extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final Check check;
    private final int round;
    private final TreeSet<Integer> culprits;
    private final String detail;

    public Misbehaviour(Check check, int round, Set<Integer> culprits) {
        this(check, round, culprits, check.condition());
    }

    public Misbehaviour(Check check, int round, Set<Integer> culprits, String detail) {
        super(check + " in round " + round + ": " + detail + "; broken by party " + new TreeSet<>(culprits));
        this.check = check;
        this.round = round;
        this.culprits = new TreeSet<>(culprits);
        this.detail = detail;
    }

    /** What was broken, without saying by whom. */
    public String detail() {
        return detail;
    }

    public Check check() {
        return check;
    }

    public int round() {
        return round;
    }

    public SortedSet<Integer> culprits() {
        return new TreeSet<>(culprits);
    }
}
