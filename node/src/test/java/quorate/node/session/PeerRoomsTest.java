package quorate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.rounds.Frame;

/** What may wait of one peer in all sessions together. */
@Timeout(60)
class PeerRoomsTest {
    private static final int PAYLOAD = 4 << 20;

    /** With what each costs besides its payload. */
    private static final int FIT = (int) (PeerRooms.BYTES_PER_PEER / PAYLOAD) - 1;

    private final SessionPair pair = new SessionPair();
    private final LiveSession one = pair.one.liveSession(PAYLOAD);
    private final LiveSession other = pair.one.liveSession(PAYLOAD);

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void aPeerThatFillsItsRoomInOneSessionHasNoneInAnother() throws Exception {
        for (int i = 0; i < FIT; i++) {
            assertThat(one.deliver(2, frame(new byte[PAYLOAD]))).isTrue();
        }
        var payload = new byte[PAYLOAD];
        Arrays.fill(payload, (byte) 7);
        assertThat(other.deliver(2, frame(payload))).isFalse();
        assertThat(payload).as("wiped").containsOnly(0);

        assertThat(one.receive(Duration.ofSeconds(1))).isPresent();
        assertThat(other.deliver(2, frame(new byte[PAYLOAD]))).isTrue();
        assertThat(pair.one.rooms.bytes(2)).isGreaterThan((long) FIT * PAYLOAD);
    }

    @Test
    void aSessionThatEndsGivesItsRoomBack() {
        one.deliver(2, frame(new byte[PAYLOAD]));
        one.lose(2);
        one.close();
        assertThat(pair.one.rooms.bytes(2)).isZero();

        assertThat(one.deliver(2, frame(new byte[1]))).as("nobody wants it repeated").isTrue();
        one.lose(2);
        assertThat(pair.one.rooms.bytes(2)).isZero();
    }

    private static Frame frame(byte[] payload) {
        return Frame.direct(SessionPair.sessionId(), 1, 2, 2, 1, payload);
    }
}
