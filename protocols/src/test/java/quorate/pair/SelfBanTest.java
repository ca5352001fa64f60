package quorate.pair;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;
import quorate.testkit.simulation.Ed25519Statements;

/** A ban names a pair: of one node with itself there is none, however well it is signed. */
class SelfBanTest {
    private static final Octets KEY_ID = Octets.of("key-1".getBytes(US_ASCII));
    private static final Octets SETUP = Octets.of(filled(1));
    private static final Octets ME = Octets.of(filled(2));

    private final Ed25519Statements mine = new Ed25519Statements(filled(4));

    @Test
    void isNotReadFromAPeer() {
        var signature = mine.sign(Ban.digest(KEY_ID, SETUP, ME, ME));
        var body = Encoding.enc(KEY_ID.bytes(), SETUP.bytes(), ME.bytes(), ME.bytes());
        var bytes = Encoding.concat(Encoding.i2osp(body.length, 4), body, signature);

        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Ban.decode(bytes))
                .withMessageContaining("no pair with itself");
    }

    @Test
    void isNotSigned() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ban.sign(KEY_ID, SETUP, ME, ME, mine));
    }

    private static byte[] filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
