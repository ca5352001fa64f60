package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.KnownAnswers.cases;
import static quorate.algebra.KnownAnswers.field;
import static quorate.algebra.KnownAnswers.group;
import static quorate.algebra.KnownAnswers.hex;

import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CommitmentVectorTest {
    @Test
    void commitsAsTheKnownAnswer() {
        var answer = field("commit");

        assertThat(HashCommitment.commit(
                        answer.required("tag").asText(),
                        hex(answer, "ctx"),
                        answer.required("i").asInt(),
                        hex(answer, "x"),
                        hex(answer, "blind")))
                .isEqualTo(hex(answer, "com"));
    }

    @Test
    void provesPossessionAsTheKnownAnswers() {
        assertThat(cases("pok")).hasSize(3).allSatisfy(answer -> {
            try (var scope = new Secrets()) {
                var group = group(answer);
                var secret = group.decodeSecret(scope, hex(answer, "a"));
                var image = group.decodePoint(hex(answer, "A"));
                var nonce = group.decodeSecret(scope, hex(answer, "k"));
                int index = answer.required("i").asInt();
                assertThat(group.multiplyBase(secret)).isEqualTo(image);

                var proof = Possession.prove(
                        hex(answer, "ctx"), index, secret, image, new NonceDraw(nonce.publish()), scope);

                assertThat(proof.encode()).isEqualTo(hex(answer, "proof"));
                assertThat(Possession.decode(group, hex(answer, "proof")).verify(hex(answer, "ctx"), index, image))
                        .isTrue();
            }
        });
    }

    @Test
    void interpolatesAsTheKnownAnswers() {
        assertThat(cases("lagrange")).hasSize(24).allSatisfy(answer -> {
            var set = new TreeSet<Integer>();
            answer.required("set").valueStream().forEach(index -> set.add(index.asInt()));
            var coefficients = new ArrayList<byte[]>();
            for (int index : set) {
                coefficients.add(Lagrange.at(group(answer), set, index, answer.required("at").asInt()).encode());
            }
            assertThat(coefficients).containsExactly(KnownAnswers.hexes(answer, "coeffs"));
        });
    }

    /** Draws one given scalar, as bytes that reduce to it. */
    private record NonceDraw(Scalar value) implements Draw {
        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            var encoded = value.encode();
            var wide = new byte[length];
            boolean littleEndian = value.group().curveId() == Groups.ED25519.curveId();
            for (int i = 0; i < encoded.length; i++) {
                wide[length - 1 - i] = encoded[littleEndian ? i : encoded.length - 1 - i];
            }
            return wide;
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return this;
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return this;
        }
    }
}
