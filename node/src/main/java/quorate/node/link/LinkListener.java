package quorate.node.link;

/**
 * Who uses the links. For one player up, frames and down come in this order, one call at a time; everything else
 * may be concurrent. Implementations return quickly: while they run, nothing is read from that
 * player, pings included. An exception ends the link and is logged.
 */
public interface LinkListener {
    /** The link to {@code player} is up; {@link Links#send} works already. */
    void up(int player, Incarnation peer);

    /** A frame for the application. {@code body} is the listener's. */
    void frame(int player, FrameType type, byte[] body);

    /** The link that was up is down. */
    void down(int player, Incarnation peer);

    /**
     * A link to {@code player} was refused: by this node, or by the player. {@link
     * Refusal#DUPLICATE_PLAYER} is an alarm on both sides. Repeated at every attempt.
     */
    void refused(int player, Refusal why, boolean byPlayer);

    /**
     * {@code witness} showed a LINK that this node signed on this database at the same or a later start, by
     * another process: the database was rolled back or copied. Draw a new dbi, report, restart.
     */
    void rolledBack(int witness, SignedLink evidence);

    /**
     * {@code witness} showed a LINK of this very process that it has not signed: this is an older copy of it,
     * its memory was put back. Void all presignatures, abort all sessions, stop.
     */
    void olderCopyOfMyself(int witness, SignedLink evidence);
}
