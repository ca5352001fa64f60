package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** One direction of base OTs against the known answers. */
class BaseOtVectorTest {
    private static final JsonNode ANSWER = known("base_ot");

    @Test
    void saysAndFindsWhatTheKnownAnswersState() throws Exception {
        var d1 = Transcript.of("kat/D1").add().hash();
        var hashing = BaseOtHashing.of(new PairTerms(d1, 0, 0, 1, 2), 1, 2);
        assertThat(hashing.sid()).isEqualTo(hex(ANSWER, "sid"));
        try (var scope = new Secrets()) {
            var choice = BaseOtChoice.draw(hashing, 1, new KatDraw("bot/alice"), scope);
            var offer = choice.message();
            assertIs(offer, "bot1");
            assertThat(Arrays.copyOf(offer, 66)).isEqualTo(hex(ANSWER, "bot1_first"));

            var reply = BaseOtReply.to(offer, hashing, 2, new KatDraw("bot/bob"), scope);
            assertIs(reply.message(), "bot2");
            var seeds = new byte[BaseOt.INSTANCES][];
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                seeds[c] = Encoding.concat(seed(reply.seeds().zero(), c), seed(reply.seeds().one(), c));
            }
            assertIs(Encoding.concat(seeds), "seeds");

            var received = choice.receive(reply.message(), scope);
            assertThat(received.delta()).isEqualTo(hex(ANSWER, "delta"));
            assertIs(received.chosen(), "alice_seeds");

            assertThat(ANSWER.required("instances")).hasSize(3).allSatisfy(instance -> {
                int c = instance.required("c").asInt();
                assertThat(slice(offer, 66 * c, 33)).isEqualTo(hex(instance, "r0"));
                assertThat(slice(offer, 66 * c + 33, 33)).isEqualTo(hex(instance, "r1"));
                assertThat(hashing.toPoint(0, c, hex(instance, "r1")).encode()).isEqualTo(hex(instance, "HC_0_r1"));
                assertThat(hashing.toPoint(1, c, hex(instance, "r0")).encode()).isEqualTo(hex(instance, "HC_1_r0"));
                assertThat(slice(reply.message(), 66 * c, 33)).isEqualTo(hex(instance, "mB0"));
                assertThat(slice(reply.message(), 66 * c + 33, 33)).isEqualTo(hex(instance, "mB1"));
                assertThat(seed(reply.seeds().zero(), c)).isEqualTo(hex(instance, "seed0"));
                assertThat(seed(reply.seeds().one(), c)).isEqualTo(hex(instance, "seed1"));
                assertThat(seed(received.chosen(), c)).isEqualTo(hex(instance, "alice_seed"));
            });
        }
    }

    private static byte[] seed(byte[] seeds, int c) {
        return slice(seeds, c * BaseOt.SEED_BYTES, BaseOt.SEED_BYTES);
    }

    private static byte[] slice(byte[] bytes, int at, int length) {
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    private static void assertIs(byte[] value, String field) {
        var big = ANSWER.required(field);
        assertThat(value).hasSize(big.required("len").asInt());
        assertThat(Vectors.sha256(value)).isEqualTo(hex(big, "sha256"));
    }
}
