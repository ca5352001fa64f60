package quorate.node.problem;

import java.util.Collection;
import java.util.TreeSet;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.rounds.Refused;

/** Every refusal about presignatures, with its code. */
public final class PresignatureProblems {
    private PresignatureProblems() {}

    /** What a pool or a presignature refused. */
    public static ProblemException of(Refused refused) {
        var code =
                switch (refused.check()) {
                    case PSG_1, PSG_2, FRO_2, COM_5 -> ProblemCode.PRESIGNATURE_SPENT;
                    case PSG_6 -> ProblemCode.PRESIGNATURE_LIMIT;
                    case PSG_7 -> ProblemCode.CLOCK_JUMPED;
                    case SIG_8 -> ProblemCode.BAD_REQUEST;
                    default -> ProblemCode.REFUSED;
                };
        return new ProblemException(
                Problem.of(code, String.valueOf(refused.getMessage())).failing(refused.check().id()));
    }

    /** The presignature was made with other processes. */
    public static ProblemException ofOtherProcesses() {
        return new ProblemException(Problem.of(ProblemCode.PRESIGNATURE_SPENT, "a player of it runs as another process now")
                .failing("PSG-2"));
    }

    /** Nothing is there to be handed out. */
    public static ProblemException none(Collection<Integer> players) {
        return new ProblemException(
                ProblemCode.NO_PRESIGNATURE, "players " + new TreeSet<>(players) + " hold no presignature that was not handed out");
    }

    /** There is no pair state with a player, because of a ban or without one. */
    public static ProblemException withoutPair(int me, int player, String keyId, boolean banned) {
        return new ProblemException(
                banned ? ProblemCode.PAIR_BANNED : ProblemCode.PAIR_STATE_DIVERGED,
                "pair " + me + "-" + player + " of key " + keyId
                        + (banned ? " is banned" : " has no set-up that this node can use"));
    }

    /** PSG-7 ended a session. */
    public static ProblemException clockJumped() {
        return new ProblemException(Problem.of(ProblemCode.CLOCK_JUMPED, "the clock of this node jumped while the session ran")
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
