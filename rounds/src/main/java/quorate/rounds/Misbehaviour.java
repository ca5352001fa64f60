package quorate.rounds;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * BLAME or BAN, as the check says: peers broke the protocol in a way that this party saw for itself (protocols.md 0.7).
 * A ban is durable before this is thrown.
 */
public final class Misbehaviour extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final Check check;
    private final int round;
    private final TreeSet<Integer> culprits;

    public Misbehaviour(Check check, int round, Set<Integer> culprits) {
        this(check, round, culprits, check.condition());
    }

    public Misbehaviour(Check check, int round, Set<Integer> culprits, String detail) {
        super(check + " in round " + round + ": " + detail + "; broken by party " + new TreeSet<>(culprits));
        this.check = check;
        this.round = round;
        this.culprits = new TreeSet<>(culprits);
    }

    public Check check() {
        return check;
    }

    public int round() {
        return round;
    }

    /** Whether the pairs with the culprits are banned: the check's outcome can depend on long-term secrets. */
    public boolean isBan() {
        return check.verdict() == Check.Verdict.BAN;
    }

    public SortedSet<Integer> culprits() {
        return new TreeSet<>(culprits);
    }
}
