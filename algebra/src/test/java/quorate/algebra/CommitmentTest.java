package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommitmentTest {
    private static final byte[] CTX = new byte[32];
    private static final byte[] OTHER_CTX = {1};
    private static final byte[] BLIND = Arrays.copyOf(new byte[] {7}, 32);
    private static final byte[] VALUE = {1, 2};

    static List<Group> groups() {
        return Groups.all();
    }

    @Test
    void opensToNothingButWhatWasCommitted() {
        var commitment = HashCommitment.commit("test/com", CTX, 3, VALUE, BLIND);

        assertThat(HashCommitment.opens(commitment, "test/com", CTX, 3, VALUE, BLIND)).isTrue();
        assertThat(HashCommitment.opens(commitment, "test/moc", CTX, 3, VALUE, BLIND)).isFalse();
        assertThat(HashCommitment.opens(commitment, "test/com", OTHER_CTX, 3, VALUE, BLIND)).isFalse();
        assertThat(HashCommitment.opens(commitment, "test/com", CTX, 2, VALUE, BLIND)).isFalse();
        assertThat(HashCommitment.opens(commitment, "test/com", CTX, 3, new byte[] {1}, BLIND)).isFalse();
        assertThat(HashCommitment.opens(commitment, "test/com", CTX, 3, VALUE, new byte[32])).isFalse();
        assertThat(HashCommitment.opens(commitment, "test/com", CTX, 3, VALUE, new byte[31])).isFalse();
        assertThat(HashCommitment.opens(new byte[0], "test/com", CTX, 3, VALUE, BLIND)).isFalse();
    }

    @Test
    void refusesToCommitWithAShortBlind() {
        assertThatThrownBy(() -> HashCommitment.commit("test/com", CTX, 3, VALUE, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void provesForOneContextOneIndexAndOnePointOnly(Group group) {
        try (var scope = new Secrets()) {
            var draw = new SeededDraw(5);
            var secret = draw.nonZeroScalar(group, scope, Draw.For.DKG, VALUE);
            var image = group.multiplyBase(secret);
            var proof = Possession.prove(CTX, 2, secret, image, draw, scope);

            assertThat(proof.verify(CTX, 2, image)).isTrue();
            assertThat(proof.verify(OTHER_CTX, 2, image)).isFalse();
            assertThat(proof.verify(CTX, 1, image)).isFalse();
            assertThat(proof.verify(CTX, 2, image.plus(group.generator()))).isFalse();
            assertThat(proof.verify(CTX, 2, group.identity())).isFalse();
            assertThat(new Possession(proof.commitment(), proof.response().plus(group.scalar(1)))
                            .verify(CTX, 2, image))
                    .isFalse();
            assertThat(new Possession(group.identity(), group.scalar(0)).verify(CTX, 2, image))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void decodesOnlyCanonicalProofs(Group group) throws DecodingException {
        try (var scope = new Secrets()) {
            var draw = new SeededDraw(6);
            var secret = draw.nonZeroScalar(group, scope, Draw.For.DKG, VALUE);
            var encoded = Possession.prove(CTX, 2, secret, group.multiplyBase(secret), draw, scope)
                    .encode();

            assertThat(encoded).hasSize(Possession.bytes(group));
            assertThat(Possession.decode(group, encoded).encode()).isEqualTo(encoded);
            for (int length : new int[] {0, encoded.length - 1, encoded.length + 1}) {
                assertThatExceptionOfType(DecodingException.class)
                        .isThrownBy(() -> Possession.decode(group, Arrays.copyOf(encoded, length)));
            }
            var tooLarge = encoded.clone();
            Arrays.fill(tooLarge, group.pointBytes(), tooLarge.length, (byte) 0xff);
            assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> Possession.decode(group, tooLarge));
            var noPoint = encoded.clone();
            Arrays.fill(noPoint, 0, group.pointBytes(), (byte) 0xff);
            assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> Possession.decode(group, noPoint));
        }
    }
}
