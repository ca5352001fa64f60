package quorate.rounds;

/**
 * What must hold while messages are handed to the transport (protocols.md 3.6). A message whose existence or content
 * depends on a verdict about a peer must not leave once another session has banned that peer.
 */
@FunctionalInterface
public interface Guard {
    /**
     * Runs {@code handOver} while nobody passes a verdict about the peers concerned; false, and nothing is handed over,
     * if one of them is banned.
     *
     * @throws VerdictUnwritten if one of them should be and that could not be written: nothing is handed over
     */
    boolean release(Runnable handOver);

    /** Nothing to wait for. */
    static Guard none() {
        return handOver -> {
            handOver.run();
            return true;
        };
    }
}
