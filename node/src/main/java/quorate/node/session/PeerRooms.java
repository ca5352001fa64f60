package quorate.node.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may wait of one peer in the queues of all sessions together, so that a peer that sends more than its part takes its own
 * room and no more of the memory. A frame that finds none is answered NOT_YET: its sender repeats it.
 */
final class PeerRooms {
    /** Some of the longest payloads, those of a batch of 64: an honest peer has one or two outstanding in a session. */
    static final long BYTES_PER_PEER = 32 << 20;

    private final Map<Integer, AtomicLong> taken = new ConcurrentHashMap<>();

    /** Whether there was room for a frame of {@code player}; its session gives it back. */
    boolean take(int player, int bytes) {
        if (taken(player).addAndGet(bytes) > BYTES_PER_PEER) {
            give(player, bytes);
            return false;
        }
        return true;
    }

    /** Takes room whether there is any or not: for what this node itself says in the peer's place. */
    void add(int player, int bytes) {
        taken(player).addAndGet(bytes);
    }

    void give(int player, int bytes) {
        taken(player).addAndGet(-bytes);
    }

    /** How much waits of {@code player}. */
    long bytes(int player) {
        return taken(player).get();
    }

    private AtomicLong taken(int player) {
        return taken.computeIfAbsent(player, ignored -> new AtomicLong());
    }
}
