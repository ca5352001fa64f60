package quorate.rounds;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** FAIL: honest parties may have been told different things, so nobody is blamed (protocols.md 0.7). */
public final class Disagreement extends CeremonyException {
    private static final long serialVersionUID = 1L;
    private static final int NO_ECHO = -1;

    private final Check check;
    private final int round;
    private final int echoed;
    private final transient List<Difference> differences;

    public Disagreement(Check check, int round, String detail) {
        this(check, round, detail, List.of(), NO_ECHO);
    }

    public Disagreement(Check check, int round, List<Difference> differences) {
        this(check, round, text(differences), differences, NO_ECHO);
    }

    /** @param echoed the broadcast round whose digests differ */
    public Disagreement(Check check, int round, List<Difference> differences, int echoed) {
        this(check, round, text(differences), differences, echoed);
    }

    private Disagreement(Check check, int round, String detail, List<Difference> differences, int echoed) {
        super(check + " in round " + round + ": " + detail);
        this.check = check;
        this.round = round;
        this.echoed = echoed;
        this.differences = List.copyOf(differences);
    }

    private static String text(List<Difference> differences) {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    }

    /** Who says what, for those who put it in other words; empty if the parties agree on something impossible. */
    public List<Difference> differences() {
        return differences;
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
