package quorate.store;

/** A sharing that this node offers to a session (protocols.md 5.3). */
public record Offer(long epoch, Bytes shareId) {}
