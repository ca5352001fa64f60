package quorate.algebra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 9380: appendices J.1.1 and K.1. */
class HashToCurveVectorTest {
    @Test
    void expandsMessagesAsRfc9380() throws IOException {
        var vector = vector("expand_message_xmd_SHA256_38.json");
        var tag = text(vector, "DST");
        assertThat(vector.required("tests")).isNotEmpty().allSatisfy(test -> assertThat(MessageExpansion.expand(
                        text(test, "msg"),
                        tag,
                        Integer.decode(test.required("len_in_bytes").asText())))
                .isEqualTo(KnownAnswers.hex(test, "uniform_bytes")));
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
    void hashesToTheCurveAsRfc9380() throws IOException {
        var vector = vector("P256_XMD-SHA-256_SSWU_RO_.json");
        var function = HashToCurve.p256(text(vector, "dst"));
        assertThat(vector.required("vectors")).hasSize(5).allSatisfy(test -> assertThat(
                        function.hash(text(test, "msg")).encode())
                .isEqualTo(compressed(test.required("P"))));
    }

    @Test
    void hashesToAnotherPointUnderAnotherTag() {
        var message = "message".getBytes(UTF_8);
        var one = HashToCurve.p256("one".getBytes(UTF_8));
        assertThat(one.hash(message)).isEqualTo(one.hash(message));
        assertThat(HashToCurve.p256("two".getBytes(UTF_8)).hash(message)).isNotEqualTo(one.hash(message));
        assertThatThrownBy(() -> HashToCurve.p256(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] compressed(JsonNode point) {
        var y = HexFormat.of().parseHex(point.required("y").asText().substring(2));
        var x = HexFormat.of().parseHex(point.required("x").asText().substring(2));
        return Encoding.concat(new byte[] {(byte) (2 + (y[y.length - 1] & 1))}, x);
    }

    private static byte[] text(JsonNode node, String field) {
        return node.required(field).asText().getBytes(UTF_8);
    }

    private static JsonNode vector(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(Path.of("..", "vectors", "rfc9380", file)));
    }
}
