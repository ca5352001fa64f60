package quorate.node.link;

/** What became of a frame that was to be sent. None but {@link #QUEUED} has any effect. */
public enum Sent {
    /** It will be sent, in order, unless the link ends first. */
    QUEUED,
    /** There is no link to this player now. */
    DOWN,
    /** The player reads too slowly: its queue is full. */
    FULL,
    /** Longer than a frame may be. */
    TOO_LONG;

    public boolean queued() {
        return this == QUEUED;
    }
}
