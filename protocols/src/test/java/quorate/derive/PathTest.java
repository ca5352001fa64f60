package quorate.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;
import static quorate.testkit.vectors.Vectors.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

class PathTest {
    static Stream<JsonNode> knownAnswers() {
        return stream(known("path"));
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void encodesAsTheKnownAnswers(JsonNode answer) throws Exception {
        var path = new Path(stream(answer.required("path")).map(JsonNode::asInt).toList());
        assertThat(path.encode()).isEqualTo(hex(answer, "out"));
        assertThat(Path.decode(hex(answer, "out"))).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "m/0", "m/0/5", "m/44/2147483647/1", "m/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"})
    void readsAndWritesTheSameText(String text) throws Exception {
        var path = Path.parse(text);
        assertThat(path).hasToString(text);
        assertThat(Path.decode(path.encode())).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m/0'", "m/44h/0", "m/0H", "m/2147483648", "m/4294967295", "m/9999999999", "m/99999999999999999999'"})
    void refusesHardenedStepsAndSaysWhy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Path.parse(text))
                .withMessageContaining("hardened")
                .withMessageContaining("the secret key, which nobody has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/5", "M/0", "m/", "/", "m//1", "m/-1", "m/+1", "m/01", "m/1 ", "m/x", "m/0x1", "m/1.0",
        "m/99999999999", "m/\u0661"})
    void refusesWhatIsNoPath(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Path.parse(text)).withMessageContaining("path");
    }

    @Test
    void refusesMoreThanSixteenSteps() throws Exception {
        var deepest = new Path(Collections.nCopies(16, 7));
        assertThat(Path.decode(deepest.encode())).isEqualTo(deepest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deepest.child(0))
                .withMessage("a path has at most 16 steps, not 17");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Path.parse(deepest + "/0"))
                .withMessage("a path has at most 16 steps, not 17");
        var encoded = Encoding.concat(new byte[] {17}, new byte[17 * 4]);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Path.decode(encoded))
                .withMessage("a path has at most 16 steps, not 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0100", "000000", "01000000", "0100000000ff", "0180000000", "01ffffffff", "ff"})
    void decodesNothingElse(String encoded) {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> Path.decode(hex(encoded)));
    }

    @Test
    void decodesEveryStringOrSaysWhyNot() {
        long seed = 38;
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            var bytes = new byte[random.nextInt(70)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) ((bytes.length - 1) / 4);
            }
            try {
                assertThat(Path.decode(bytes).encode()).as("seed %d", seed).isEqualTo(bytes);
            } catch (DecodingException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void refusesHardenedIndicesInEveryForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> Path.of(0, -1)).withMessageContaining("4294967295");
        assertThatIllegalArgumentException().isThrownBy(() -> Path.ROOT.child(Integer.MIN_VALUE));
    }
}
