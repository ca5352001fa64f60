package quorate.node.session;

/** The links to the other nodes, as sessions use them. Sending queues and returns; it may be lost. */
public interface PeerLinks {
    /** Sends the envelope of a session frame, which the links wipe: it may be a private message. */
    void sendFrame(int player, byte[] envelope);

    /** Says that a session is not known here yet, so that the peer repeats its frames. */
    void sendNotYet(int player, byte[] sessionId);

    /** Says that this node will not take part in a session, and why. */
    void sendDeclined(int player, byte[] declined);
}
