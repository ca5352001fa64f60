package quorate.node.commit;

import java.util.Set;

/** The links, as the commit protocol uses them: to players, who are also outside any session. */
public interface CommitLinks {
    /** Queues a frame for {@code player} and returns; it may be lost. */
    void send(int player, byte[] frame);

    /** The players whose links are up. */
    Set<Integer> connected();
}
