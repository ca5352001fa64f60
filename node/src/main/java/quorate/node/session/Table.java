package quorate.node.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.algebra.DecodingException;
import quorate.rounds.Frame;

/**
 * One running session with the one or two seats that this node has in it. A broadcast is for both, a private frame for
 * the seat that it names. What one seat tells the other goes through here and over no link.
 */
final class Table implements PeerLinks {
    private static final Logger LOG = LoggerFactory.getLogger(Table.class);

    private final SessionId id;
    private final PeerLinks links;
    private final List<LiveSession> seats = new ArrayList<>();

    Table(SessionId id, PeerLinks links) {
        this.id = id;
        this.links = links;
    }

    /** Before the table is known to anybody else. */
    void add(LiveSession seat) {
        seats.add(seat);
    }

    SessionId id() {
        return id;
    }

    List<LiveSession> seats() {
        return seats;
    }

    /** An envelope of {@code player}, authenticated by its link; it is wiped. Where there is no room it is to be repeated. */
    void deliver(int player, byte[] envelope) {
        try {
            boolean repeat = false;
            for (var seat : seats) {
                repeat |= !seat.deliver(player, Frame.decode(envelope, seat.longestPayload()));
            }
            if (repeat) {
                links.sendNotYet(player, id.bytes());
            }
        } catch (DecodingException e) {
            LOG.warn("dropped a malformed frame from player {}: {}", player, e.getMessage());
        } finally {
            Arrays.fill(envelope, (byte) 0);
        }
    }

    @Override
    public void sendFrame(int player, byte[] envelope) {
        if (seats.size() > 1 && seats.getFirst().isMine(player)) {
            deliver(player, envelope);
        } else {
            links.sendFrame(player, envelope);
        }
    }

    @Override
    public void sendNotYet(int player, byte[] sessionId) {
        links.sendNotYet(player, sessionId);
    }

    @Override
    public void sendDeclined(int player, byte[] body) {
        links.sendDeclined(player, body);
    }
}
