package quorate.node.pair;

/** The links to the other nodes, as the set-up of pairs uses them. Sending queues and returns; it may be lost. */
@FunctionalInterface
public interface PairLinks {
    void sendAboutPair(int player, byte[] frame);
}
