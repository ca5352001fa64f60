package quorate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.rounds.Channel;
import quorate.rounds.Entry;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;

/** Two nodes that both sit in both committees of a redistribution. */
@Timeout(60)
class TwoSeatsTest {
    private static final Duration NOW = Duration.ofMillis(1);
    private static final int OLD_SEAT = Entry.address(0, 1);
    private static final int NEW_SEAT = Entry.address(1, 1);
    private static final int OLD_SEAT_OF_TWO = Entry.address(0, 2);
    private static final int NEW_SEAT_OF_TWO = Entry.address(1, 2);

    private final SessionPair pair = new SessionPair();
    private final byte[] id = SessionPair.sessionId();
    private final List<byte[]> overTheLink = new ArrayList<>();

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void eachSeatOfAPeerSpeaksForItself() throws Exception {
        var seat = seat();
        seat.deliver(2, direct(OLD_SEAT_OF_TWO, OLD_SEAT));
        seat.deliver(2, direct(NEW_SEAT_OF_TWO, OLD_SEAT));

        assertThat(seat.receive(NOW)).get().extracting(Channel.Delivery::sender).isEqualTo(OLD_SEAT_OF_TWO);
        assertThat(seat.receive(NOW)).get().extracting(Channel.Delivery::sender).isEqualTo(NEW_SEAT_OF_TWO);
    }

    /** COM-1: who sends is what the link says. */
    @Test
    void noNodeSpeaksForASeatOfAnother() throws Exception {
        var seat = seat();
        seat.deliver(2, direct(OLD_SEAT, OLD_SEAT));
        seat.deliver(2, direct(NEW_SEAT, OLD_SEAT));
        seat.deliver(2, direct(Entry.address(1, 3), OLD_SEAT));
        seat.deliver(3, direct(OLD_SEAT_OF_TWO, OLD_SEAT));

        assertThat(seat.receive(NOW)).isEmpty();
    }

    @Test
    void aPrivateFrameIsForTheSeatThatItNames() throws Exception {
        var seat = seat();
        seat.deliver(2, direct(OLD_SEAT_OF_TWO, NEW_SEAT));
        assertThat(seat.receive(NOW)).isEmpty();
    }

    @Test
    void aBroadcastGoesOnceToANodeThatHasTwoSeats() {
        var seat = seat();
        var said = Frame.broadcast(id, 3, 1, OLD_SEAT, new byte[] {7}, new byte[64]);
        seat.send(new Outgoing(OLD_SEAT_OF_TWO, said));
        seat.send(new Outgoing(NEW_SEAT_OF_TWO, said));
        seat.send(new Outgoing(NEW_SEAT_OF_TWO, direct(OLD_SEAT, NEW_SEAT_OF_TWO)));

        assertThat(overTheLink).hasSize(2);
    }

    @Test
    void whatOneSeatTellsTheOtherLeavesOverNoLink() throws Exception {
        var table = new Table(new SessionId(id), links());
        table.add(seat(table));
        table.add(seat(table));

        table.seats().getFirst().send(new Outgoing(NEW_SEAT, Frame.broadcast(id, 3, 1, OLD_SEAT, new byte[1], new byte[64])));

        assertThat(table.seats().getLast().receive(NOW)).isPresent();
        assertThat(overTheLink).isEmpty();
    }

    private Frame direct(int sender, int receiver) {
        return Frame.direct(id, 3, 1, sender, receiver, new byte[] {7});
    }

    private LiveSession seat() {
        return seat(links());
    }

    private LiveSession seat(PeerLinks links) {
        var players = new TreeMap<Integer, Integer>();
        players.put(OLD_SEAT, 1);
        players.put(NEW_SEAT, 1);
        players.put(OLD_SEAT_OF_TWO, 2);
        players.put(NEW_SEAT_OF_TWO, 2);
        return new LiveSession(pair.one.proposal(id), players, links, new PeerRooms(), 1 << 10, pair.one.jumps::get);
    }

    private PeerLinks links() {
        return new PeerLinks() {
            @Override
            public void sendFrame(int player, byte[] envelope) {
                overTheLink.add(envelope);
            }

            @Override
            public void sendNotYet(int player, byte[] sessionId) {
                throw new AssertionError("nobody asked");
            }

            @Override
            public void sendDeclined(int player, byte[] declined) {
                throw new AssertionError("nobody declined");
            }
        };
    }
}
