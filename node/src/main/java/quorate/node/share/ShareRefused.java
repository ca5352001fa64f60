package quorate.node.share;

import quorate.api.ProblemCode;

/** A share is not written into a file, or not taken out of one. Nothing was changed. */
public final class ShareRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    public ShareRefused(ProblemCode code, String reason) {
        super(reason);
        this.code = code;
    }

    public ProblemCode code() {
        return code;
    }

    /** Why, without the name of the file. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
