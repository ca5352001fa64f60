package quorate.rounds;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Peers did not answer before the deadline. Silence is not guilt: the ceremony may be tried again. */
public final class Unresponsive extends CeremonyException {
    private static final long serialVersionUID = 1L;

    private final int round;
    private final TreeSet<Integer> silent;

    public Unresponsive(int round, Set<Integer> silent) {
        super("no message of party " + new TreeSet<>(silent) + " in round " + round + " before the deadline");
        this.round = round;
        this.silent = new TreeSet<>(silent);
    }

    public int round() {
        return round;
    }

    public SortedSet<Integer> silent() {
        return new TreeSet<>(silent);
    }
}
