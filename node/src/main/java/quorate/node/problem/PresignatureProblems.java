package quorate.node.problem;

import java.util.Collection;
import java.util.TreeSet;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.rounds.Refused;

/** Every refusal about presignatures, with its code. */
public final class PresignatureProblems {
    // The codes that the API is going to have for these are named beside them.
    private static final ProblemCode PRESIGNATURE_SPENT = ProblemCode.REFUSED;
    private static final ProblemCode PRESIGNATURE_LIMIT = ProblemCode.REFUSED;
    private static final ProblemCode NO_PRESIGNATURE = ProblemCode.NOT_FOUND;
    private static final ProblemCode PAIR_BANNED = ProblemCode.REFUSED;
    private static final ProblemCode CLOCK_JUMPED = ProblemCode.NOT_READY;

    private PresignatureProblems() {}

    /** What a pool or a presignature refused. */
    public static ProblemException of(Refused refused) {
        var code =
                switch (refused.check()) {
                    case PSG_1, PSG_2, FRO_2, COM_5 -> PRESIGNATURE_SPENT;
                    case PSG_6 -> PRESIGNATURE_LIMIT;
                    case PSG_7 -> CLOCK_JUMPED;
                    case SIG_8 -> ProblemCode.BAD_REQUEST;
                    default -> ProblemCode.REFUSED;
                };
        return new ProblemException(
                Problem.of(code, String.valueOf(refused.getMessage())).failing(refused.check().id()));
    }

    /** The presignature was made with other processes. */
    public static ProblemException ofOtherProcesses() {
        return new ProblemException(Problem.of(PRESIGNATURE_SPENT, "a player of it runs as another process now")
                .failing("PSG-2"));
    }

    /** Nothing is there to be handed out. */
    public static ProblemException none(Collection<Integer> players) {
        return new ProblemException(
                NO_PRESIGNATURE, "players " + new TreeSet<>(players) + " hold no presignature that was not handed out");
    }

    /** A pair among the players does not work together any more. */
    public static ProblemException banned(String detail) {
        return new ProblemException(PAIR_BANNED, detail);
    }

    /** PSG-7 ended a session. */
    public static ProblemException clockJumped() {
        return new ProblemException(Problem.of(CLOCK_JUMPED, "the clock of this node jumped while the session ran")
                .failing("PSG-7"));
    }

    /** These players did not say which presignatures they hold. */
    public static ProblemException silent(Collection<Integer> players) {
        return new ProblemException(Problem.of(
                        ProblemCode.PEER_SILENT,
                        "players " + new TreeSet<>(players) + " did not say which presignatures they hold")
                .failing("PSG-5")
                .missing(players));
    }
}
