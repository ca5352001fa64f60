package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.node.identity.Statements;

class FrameTest {
    private static final int MOST = 1 << 20;

    @Test
    void isLengthTypeAndBody() {
        var frame = new Frame(FrameType.ABORT, new byte[] {7, 8});
        assertThat(HexFormat.of().formatHex(frame.encode())).isEqualTo("00000002" + "12" + "0708");
    }

    @Test
    void comesBackForEveryTypeAndLength() throws IOException {
        for (var type : FrameType.values()) {
            for (int length : new int[] {0, 1, 8, 32, 512, 70_000, 300_000}) {
                if (type.fits(length)) {
                    var body = new byte[length];
                    new Random(length).nextBytes(body);
                    var read = read(new Frame(type, body).encode());
                    assertThat(read.type()).isEqualTo(type);
                    assertThat(read.body()).isEqualTo(body);
                }
            }
        }
    }

    @Test
    void refusesAnUnknownType() {
        assertMalformed("00000000" + "00", "unknown frame type 0");
        assertMalformed("00000000" + "ff", "unknown frame type 255");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertMalformed("00100001" + "10", "SESSION of 1048577 bytes; at most 1048576 are read here");
        assertMalformed("ffffffff" + "10", "SESSION of 4294967295 bytes; at most 1048576 are read here");
    }

    @Test
    void refusesALengthThatItsTypeCannotHave() {
        assertMalformed("0000001f" + "11", "NOT_YET of 31 bytes");
        assertMalformed("00000009" + "05", "PING of 9 bytes");
        assertMalformed("00000001" + "03", "ACCEPTED of 1 bytes");
        assertMalformed("00000201" + "01", "LINK of 513 bytes");
    }

    @Test
    void endsWithTheStreamWhereverItIsCut() {
        for (int length : new int[] {0, 20, 200_000}) {
            var whole = new Frame(FrameType.SESSION, new byte[length]).encode();
            for (int cut = 0; cut < whole.length; cut += Math.max(1, length / 20)) {
                var part = Arrays.copyOf(whole, cut);
                assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void neverBreaksOnRandomBytes() {
        var random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            try {
                read(bytes);
            } catch (IOException expected) {
                assertThat(expected).isInstanceOfAny(EOFException.class, MalformedFrame.class);
            }
        }
    }

    @Test
    void carriesALinkExactlyAsSpecified() throws DecodingException {
        var incarnation = new Incarnation(Samples.random32(), Samples.random32(), 7);
        var link = Samples.link(1, 2, incarnation, 3);
        var encoded = link.encode();
        assertThat(encoded).hasSize(4 + 182 + 64);
        var body = Encoding.enc(
                Samples.identity(1).id().bytes(),
                Samples.identity(2).id().bytes(),
                incarnation.inc().bytes(),
                incarnation.dbi().bytes(),
                Encoding.i2osp(7, 8),
                Encoding.i2osp(3, 8),
                Encoding.i2osp(1003, 8));
        assertThat(Arrays.copyOf(encoded, 186)).isEqualTo(Encoding.concat(Encoding.i2osp(182, 4), body));
        var digest = quorate.algebra.Transcript.of("link").add(body).hash();
        var signature = Arrays.copyOfRange(encoded, 186, 250);
        assertThat(new Statements().verify(Samples.identity(1).statements().publicKey().bytes(), digest, signature))
                .isTrue();
        assertThat(SignedLink.decode(encoded)).isEqualTo(link);
    }

    @Test
    void neverReadsAChangedLinkAsValid() {
        var encoded = Samples.link(1, 2, Samples.incarnation(), 3).encode();
        var key = Samples.identity(1).statements().publicKey();
        for (int bit = 0; bit < encoded.length * 8; bit += 3) {
            var changed = encoded.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(SignedLink.decode(changed).isSignedBy(key, new Statements())).isFalse();
            } catch (DecodingException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
        for (int length = 0; length < encoded.length; length++) {
            var cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> SignedLink.decode(cut)).isInstanceOf(DecodingException.class);
        }
        assertThatThrownBy(() -> SignedLink.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isInstanceOf(DecodingException.class);
    }

    private static void assertMalformed(String hex, String reason) {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedFrame.class)
                .hasMessage(reason);
    }

    private static Frame read(byte[] bytes) throws IOException {
        return Frame.read(new DataInputStream(new ByteArrayInputStream(bytes)), MOST);
    }
}
