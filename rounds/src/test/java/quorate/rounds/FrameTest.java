package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;

class FrameTest {
    private static final byte[] PAYLOAD = {7, 8, 9};
    private static final Frame DIRECT = Frame.direct(Example.SESSION, 6, 2, 1, 3, PAYLOAD);
    private static final Frame BROADCAST =
            Frame.broadcast(Example.SESSION, 6, 2, 1, PAYLOAD, new byte[Frame.SIGNATURE_BYTES]);

    @Test
    void hasTheLayoutOfTheSpecification() {
        var session = HexFormat.of().formatHex(Example.SESSION);
        assertThat(DIRECT.encode()).asHexString().isEqualToIgnoringCase(
                "01" + session + "06" + "02" + "0001" + "0003" + "00000003" + "070809");
        assertThat(BROADCAST.encode()).asHexString().isEqualToIgnoringCase(
                "01" + session + "06" + "02" + "0001" + "FFFF" + "00000003" + "070809" + "00".repeat(64));
    }

    @Test
    void decodesWhatItEncodes() throws Exception {
        for (var frame : new Frame[] {DIRECT, BROADCAST}) {
            var decoded = Frame.decode(frame.encode(), PAYLOAD.length);
            assertThat(decoded).usingRecursiveComparison().isEqualTo(frame);
        }
    }

    @Test
    void refusesEveryOtherLength() {
        for (var frame : new Frame[] {DIRECT, BROADCAST}) {
            var bytes = frame.encode();
            for (int length = 0; length < bytes.length; length++) {
                assertRefused(Arrays.copyOf(bytes, length));
            }
            assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    @Test
    void refusesAnotherVersion() {
        var bytes = DIRECT.encode();
        bytes[0] = 2;
        assertRefused(bytes);
    }

    @Test
    void boundsThePayloadBeforeItLooksAtIt() {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Frame.decode(DIRECT.encode(), PAYLOAD.length - 1))
                .withMessageContaining("payload of 3 bytes, allowed are 2");
        var huge = Arrays.copyOf(DIRECT.encode(), Frame.HEADER_BYTES);
        Arrays.fill(huge, Frame.HEADER_BYTES - 4, huge.length, (byte) 0xff);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Frame.decode(huge, Integer.MAX_VALUE))
                .withMessageContaining("payload of 4294967295 bytes");
    }

    @Test
    void carriesASignatureExactlyIfItIsABroadcast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.broadcast(Example.SESSION, 6, 2, 1, PAYLOAD, new byte[63]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Frame(Example.SESSION, 6, 2, 1, 3, PAYLOAD, new byte[64]));
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.direct(new byte[31], 6, 2, 1, 3, PAYLOAD));
    }

    @Test
    void wipesPrivatePayloadsOnlyAndPrintsNone() {
        var secret = Frame.direct(Example.SESSION, 6, 2, 1, 3, PAYLOAD.clone());
        secret.wipe();
        assertThat(secret.payload()).containsOnly(0);
        BROADCAST.wipe();
        assertThat(BROADCAST.payload()).isEqualTo(PAYLOAD);
        assertThat(DIRECT).hasToString("Frame[round 2, 1 to 3, 3 bytes]");
        assertThat(BROADCAST).hasToString("Frame[round 2, 1 to everybody, 3 bytes]");
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> Frame.decode(bytes, 1000));
    }
}
