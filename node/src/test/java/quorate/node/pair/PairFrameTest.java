package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;
import quorate.pair.Ban;

class PairFrameTest {
    private static final long SEED = 20261122;
    private static final Octets KEY = Octets.of(new byte[] {'k'});
    private static final Octets ID = Octets.of(new byte[32]);
    private static final Octets OTHER_ID = Octets.of(Encoding.i2osp(1, 32));
    private static final List<PairFrame> FRAMES = List.of(
            new PairFrame.Wish(KEY, ID),
            new PairFrame.Invitation(KEY, ID, ID, Long.MAX_VALUE),
            new PairFrame.Acceptance(ID, 0),
            new PairFrame.Decline(ID, "PAIR-4: banned"),
            new PairFrame.Decline(ID, ""),
            new PairFrame.Shown(new Ban(KEY, ID, ID, OTHER_ID, Octets.of(new byte[64]))));

    static PairFrame decoded(byte[] bytes) {
        try {
            return PairFrame.decode(bytes);
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyFrameComesBack() {
        for (var frame : FRAMES) {
            assertThat(decoded(frame.encode())).isEqualTo(frame);
        }
    }

    @Test
    void noShorterOrLongerFrameIsOne() {
        for (var frame : FRAMES) {
            var bytes = frame.encode();
            for (int length = 0; length < bytes.length; length++) {
                assertRefused(Arrays.copyOf(bytes, length));
            }
            assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    @Test
    void refusesFieldsOutOfBounds() {
        assertRefused(frame(0, new byte[0]));
        assertRefused(frame(6, new byte[0]));
        assertRefused(frame(1, Encoding.enc(new byte[0], new byte[32])));
        assertRefused(frame(1, Encoding.enc(new byte[65], new byte[32])));
        assertRefused(frame(1, Encoding.enc(new byte[1], new byte[31])));
        assertRefused(frame(1, Encoding.enc(new byte[1], new byte[32], new byte[1])));
        assertRefused(frame(3, Encoding.enc(new byte[32], new byte[7])));
        assertRefused(frame(3, Encoding.enc(new byte[32], new byte[] {-1, 0, 0, 0, 0, 0, 0, 0})));
        assertRefused(frame(4, Encoding.enc(new byte[32], new byte[] {'\n'})));
        assertRefused(frame(4, Encoding.enc(new byte[32], new byte[129])));
    }

    @Test
    void anyBytesAreAFrameThatEncodesToThemOrRefused() {
        var random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            var bytes = FRAMES.get(random.nextInt(FRAMES.size())).encode();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(PairFrame.decode(bytes).encode()).as("seed %s, frame %s", SEED, i).isEqualTo(bytes);
            } catch (DecodingException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    private static byte[] frame(int kind, byte[] body) {
        return Encoding.concat(new byte[] {(byte) kind}, body);
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> PairFrame.decode(bytes));
    }
}
