package quorate.node.session;

import quorate.rounds.Driver;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;

/**
 * A place that this node takes in a session. In a redistribution it may have two (protocols.md 5.2).
 *
 * @param progress told which round the seat waits in
 * @param <R> what the protocol yields there
 */
public record Seat<R>(Proposal proposal, Protocol<R> protocol, Driver.Progress progress) {}
