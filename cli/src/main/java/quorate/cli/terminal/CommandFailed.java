package quorate.cli.terminal;

import quorate.api.Problem;
import quorate.api.ProblemCode;

/** A command cannot do what it was asked to. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public CommandFailed(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    public CommandFailed(ProblemCode code, String detail) {
        this(Problem.of(code, detail));
    }

    public CommandFailed(ProblemCode code, String detail, String remedy) {
        this(Problem.of(code, detail).advising(remedy));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public Problem problem() {
        return problem;
    }
}
