package quorate.node.presign;

import java.util.Set;
import quorate.node.link.FrameType;

/** The links to the other nodes, as presignatures use them. Sending queues and returns; it may be lost. */
public interface PresignLinks {
    void send(int player, FrameType type, byte[] body);

    /** The players whose links are up. */
    Set<Integer> connected();
}
