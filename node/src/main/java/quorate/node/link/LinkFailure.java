package quorate.node.link;

import java.io.IOException;

/** An attempt to make a link that ended without one, for a reason that is not the network's. */
final class LinkFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean told;

    private LinkFailure(String reason, boolean told) {
        super(reason);
        this.told = told;
    }

    LinkFailure(String reason) {
        this(reason, false);
    }

    /** The peer was sent the reason. */
    static LinkFailure told(String reason) {
        return new LinkFailure(reason, true);
    }

    /** Whether the peer was sent the reason, and should have the time to read it. */
    boolean told() {
        return told;
    }
}
