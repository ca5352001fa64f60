package quorate.sdk;

import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * Why a call has no result. The message says what happened; {@link #remedy} what to do next; {@code docs/errors} has
 * a page for every code.
 */
public abstract sealed class TsmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    TsmException(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    /** The whole report. */
    public Problem problem() {
        return problem;
    }

    public ProblemCode code() {
        return problem.code();
    }

    public String remedy() {
        return problem.remedy();
    }

    public Optional<Bytes> sessionId() {
        return Optional.ofNullable(problem.sessionId());
    }

    /** Players that a node caught breaking the protocol. */
    public List<Integer> culprits() {
        var culprits = problem.culprits();
        return culprits == null ? List.of() : culprits;
    }

    /** Players that did not answer in time, which is not guilt. */
    public List<Integer> silent() {
        var silent = problem.silent();
        return silent == null ? List.of() : silent;
    }

    /** The same failure with a fuller report. */
    abstract TsmException reporting(Problem fuller);

    /** A node answered with a problem. */
    public static final class Answered extends TsmException {
        private static final long serialVersionUID = 1L;

        Answered(Problem problem) {
            super(problem);
        }

        @Override
        TsmException reporting(Problem fuller) {
            return new Answered(fuller);
        }
    }

    /** A node gave no answer that can be used: not reached, too late, another identity, or not understood. */
    public static final class Unanswered extends TsmException {
        private static final long serialVersionUID = 1L;

        Unanswered(Problem problem) {
            super(problem);
        }

        @Override
        TsmException reporting(Problem fuller) {
            return new Unanswered(fuller);
        }
    }

    /** Nodes answered, and their answers do not fit together, or too few of them can take part. */
    public static final class Unsettled extends TsmException {
        private static final long serialVersionUID = 1L;

        Unsettled(Problem problem) {
            super(problem);
        }

        @Override
        TsmException reporting(Problem fuller) {
            return new Unsettled(fuller);
        }
    }

    /** The calling thread was interrupted; its interrupt status is set again. */
    public static final class Interrupted extends TsmException {
        private static final long serialVersionUID = 1L;

        Interrupted(Problem problem) {
            super(problem);
        }

        @Override
        TsmException reporting(Problem fuller) {
            return new Interrupted(fuller);
        }
    }
}
