package quorate.node.export;

import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;
import quorate.transfer.TransferRefused;

/** Each reason for which an export or import is refused has a code of its own. */
public final class TransferProblems {
    private TransferProblems() {}

    public static ProblemException of(TransferRefused refused) {
        return new ProblemException(Problem.of(code(refused.reason()), String.valueOf(refused.getMessage()))
                .failing(refused.check().id()));
    }

    private static ProblemCode code(TransferRefused.Reason reason) {
        return switch (reason) {
            case NOT_ONE_EXPORT, OTHER_SHARE, UNSOUND -> ProblemCode.EXPORT_UNSOUND;
            case SUBSTITUTED -> ProblemCode.IMPORT_SUBSTITUTED;
            case DESTINATION -> ProblemCode.IMPORT_DESTINATION;
            case APPLICATION -> ProblemCode.IMPORT_APPLICATION;
            case EXPIRED -> ProblemCode.IMPORT_EXPIRED;
            case SIGNATURES -> ProblemCode.IMPORT_SIGNATURES;
        };
    }
}
