package quorate.api;

/** A body that is not what the API describes. The message names the member and is safe to send back. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    MalformedJson(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /** {@link ProblemCode#UNKNOWN_MEMBER} or {@link ProblemCode#BAD_REQUEST}. */
    public ProblemCode code() {
        return code;
    }

    /** What is wrong and where, without the body itself. */
    public String detail() {
        var message = getMessage();
        return message == null ? code.title() : message;
    }
}
