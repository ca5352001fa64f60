package quorate.store;

/**
 * The highest LINK of a peer, for one history of its database (protocols.md 15.1).
 *
 * @param bytes the LINK and its signature, as the node encodes them
 */
public record LinkSeen(int player, Bytes dbi, Bytes inc, long startNo, long linkNo, Bytes bytes) {}
