package quorate.cli.recovery;

import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;
import quorate.recovery.RecoveryRefused;

/** What was refused of recovery data, as a problem. */
final class Refusals {
    private Refusals() {}

    /** A check that failed, or a damaged file: RECOVERY_INVALID. */
    static CommandFailed invalid(RecoveryRefused refused) {
        var problem = Problem.of(ProblemCode.RECOVERY_INVALID, refused.getMessage());
        return new CommandFailed(
                refused.check().map(check -> problem.failing(check.id())).orElse(problem));
    }

    /** The same of opening, where without a check the label or the RSA key is another. */
    static CommandFailed locked(RecoveryRefused refused) {
        return refused.check().isPresent()
                ? invalid(refused)
                : new CommandFailed(ProblemCode.RECOVERY_LOCKED, refused.getMessage());
    }
}
