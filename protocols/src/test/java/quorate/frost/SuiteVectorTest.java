package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.stream;

import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.key.Scheme;
import quorate.testkit.vectors.Vectors;

class SuiteVectorTest {
    @Test
    void expandsMessagesAsRfc9380() {
        var vector = Vectors.json("rfc9380/expand_message_xmd_SHA256_38.json");
        var tag = vector.required("DST").asText().getBytes(UTF_8);

        assertThat(stream(vector.required("tests"))).isNotEmpty().allSatisfy(test -> assertThat(
                        MessageExpansion.expand(
                                test.required("msg").asText().getBytes(UTF_8),
                                tag,
                                Integer.decode(test.required("len_in_bytes").asText())))
                .isEqualTo(hex(test, "uniform_bytes")));
    }

    @Test
    void refusesToExpandFurtherThanRfc9380Allows() {
        assertThat(MessageExpansion.expand(new byte[0], new byte[255], 255 * 32)).hasSize(255 * 32);
        assertThatThrownBy(() -> MessageExpansion.expand(new byte[0], new byte[1], 255 * 32 + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MessageExpansion.expand(new byte[0], new byte[256], 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheSuiteOfEveryKey() {
        assertThat(Suite.of(Scheme.SCHNORR, Groups.ED25519)).isEqualTo(Suite.ED25519);
        assertThat(Suite.of(Scheme.SCHNORR, Groups.P256)).isEqualTo(Suite.P256);
        assertThat(Suite.of(Scheme.SCHNORR, Groups.SECP256K1)).isEqualTo(Suite.SECP256K1);
        assertThat(Suite.of(Scheme.BIP340, Groups.SECP256K1)).isEqualTo(Suite.BIP340);
        assertThatThrownBy(() -> Suite.of(Scheme.BIP340, Groups.P256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Suite.of(Scheme.ECDSA, Groups.P256)).isInstanceOf(IllegalArgumentException.class);
    }
}
