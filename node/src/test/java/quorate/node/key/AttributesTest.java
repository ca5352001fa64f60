package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.api.KeyAttributes;

class AttributesTest {
    private static final long SEED = 20261122;

    @Test
    void whatIsUsualIsEmpty() throws Exception {
        assertThat(new Attributes("", KeyAttributes.USUAL).encode()).isEmpty();
        assertThat(Attributes.decode(new byte[0])).isEqualTo(new Attributes("", KeyAttributes.USUAL));
    }

    @Test
    void everyCombinationComesBackAndIsNamedByOneString() throws Exception {
        for (var purpose : new String[] {"", "coins", "Schlüssel"}) {
            for (int length = 0; length <= KeyAttributes.MAX_PATH_LENGTH; length++) {
                for (boolean messagesOnly : new boolean[] {false, true}) {
                    for (boolean presignatures : new boolean[] {false, true}) {
                        var attributes =
                                new Attributes(purpose, new KeyAttributes(length, messagesOnly, presignatures));
                        assertThat(Attributes.decode(attributes.encode())).isEqualTo(attributes);
                    }
                }
            }
        }
    }

    @Test
    void refusesWhatIsNotCanonical() {
        assertRefused(enc("purpose", ""));
        assertRefused(enc("messages-only", "\1", "purpose", "late"));
        assertRefused(enc("messages-only", "\2"));
        assertRefused(enc("messages-only", "\1", "messages-only", "\1"));
        assertRefused(enc("min-path-length", "\0"));
        assertRefused(enc("min-path-length", "\21"));
        assertRefused(enc("min-path-length", "\0\1"));
        assertRefused(enc("unknown", "rule"));
        assertRefused(enc("purpose"));
        assertRefused(Encoding.enc(new byte[] {'p', 'u', 'r', 'p', 'o', 's', 'e'}, new byte[] {-1}));
    }

    @Test
    void anyBytesAreAttributesThatEncodeToThemOrRefused() {
        var random = new Random(SEED);
        var sample = new Attributes("coins", new KeyAttributes(3, true, false)).encode();
        for (int i = 0; i < 20_000; i++) {
            var bytes = sample.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                assertThat(Attributes.decode(bytes).encode()).as("seed %s", SEED).isEqualTo(bytes);
            } catch (DecodingException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    private static byte[] enc(String... parts) {
        var bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        return Encoding.enc(bytes);
    }

    private static void assertRefused(byte[] encoded) {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> Attributes.decode(encoded));
    }
}
