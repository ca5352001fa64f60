package quorate.rounds;

import java.util.OptionalInt;

/** FAIL: honest parties may have been told different things, so nobody is blamed (protocols.md 0.7). */
public final class Disagreement extends CeremonyException {
    private static final long serialVersionUID = 1L;
    private static final int NO_ECHO = -1;

    private final Check check;
    private final int round;
    private final int echoed;

    public Disagreement(Check check, int round, String detail) {
        this(check, round, detail, NO_ECHO);
    }

    public Disagreement(Check check, int round, String detail, int echoed) {
        super(check + " in round " + round + ": " + detail);
        this.check = check;
        this.round = round;
        this.echoed = echoed;
    }

    public Check check() {
        return check;
    }

    public int round() {
        return round;
    }

    /** The broadcast round whose digests differ, if that is what happened. */
    public OptionalInt echoedRound() {
        return echoed == NO_ECHO ? OptionalInt.empty() : OptionalInt.of(echoed);
    }
}
