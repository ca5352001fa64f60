package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.KnownAnswers.cases;
import static quorate.algebra.KnownAnswers.group;
import static quorate.algebra.KnownAnswers.hex;
import static quorate.algebra.KnownAnswers.hexes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TranscriptVectorTest {
    @Test
    void encodesAsTheKnownAnswers() {
        assertThat(cases("enc")).hasSize(4).allSatisfy(answer -> {
            assertThat(Encoding.enc(hexes(answer, "parts"))).isEqualTo(hex(answer, "out"));
            assertThat(Encoding.decode(hex(answer, "out"))).containsExactly(hexes(answer, "parts"));
        });
    }

    @Test
    void expandsAsTheKnownAnswers() {
        assertThat(cases("xof")).hasSize(11).allSatisfy(answer -> {
            var transcript = Transcript.of(answer.required("tag").asText());
            for (var part : hexes(answer, "parts")) {
                transcript.add(part);
            }
            var expected = hex(answer, "out");
            assertThat(transcript.expand(answer.required("L").asInt())).isEqualTo(expected);
            if (expected.length >= 32) {
                assertThat(transcript.hash()).isEqualTo(Arrays.copyOf(expected, 32));
            }
        });
    }

    @Test
    void hashesToScalarsAsTheKnownAnswers() {
        assertThat(cases("h2s")).hasSize(3).allSatisfy(answer -> {
            var transcript = Transcript.of(answer.required("tag").asText());
            for (var part : hexes(answer, "parts")) {
                transcript.add(part);
            }
            assertThat(transcript.toScalar(group(answer)).encode()).isEqualTo(hex(answer, "out"));
        });
    }

    @Test
    void expandsKeysAsTheKnownAnswers() {
        assertThat(cases("kx")).hasSize(5).allSatisfy(answer -> {
            var expander = new KeyedExpander(hex(answer, "key"));
            assertThat(expander.expand(hex(answer, "fields"), answer.required("L").asInt()))
                    .isEqualTo(hex(answer, "out"));
        });
    }

    @Test
    void expandsKeysToScalarsAsTheKnownAnswers() {
        assertThat(cases("kxs")).hasSize(3).allSatisfy(answer -> {
            try (var scope = new Secrets()) {
                var expander = new KeyedExpander(hex(answer, "key"));
                var fields = hex(answer, "fields");
                assertThat(expander.toScalar(group(answer), fields).encode()).isEqualTo(hex(answer, "out"));
                assertThat(expander.toSecret(group(answer), scope, fields).publish().encode())
                        .isEqualTo(hex(answer, "out"));
            }
        });
    }
}
