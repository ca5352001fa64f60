package quorate.rounds;

/** A frame and the participant it goes to: a broadcast is the same frame to each of them. */
public record Outgoing(int recipient, Frame frame) {}
