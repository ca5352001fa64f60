package quorate.node.session;

/** A session id was asked for twice on this node. Ids are used once; security does not rest on it. */
public final class SessionUsed extends Exception {
    private static final long serialVersionUID = 1L;

    SessionUsed(SessionId id) {
        super("session " + id + " was used before");
    }
}
