package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.presign.PoolKey;

class RefillFrameTest {
    private static final PoolKey POOL = new PoolKey("a key", List.of(1, 3));
    private static final byte[] SESSION = new byte[32];

    @Test
    void readsWhatItWrites() throws Exception {
        var question = (RefillFrame.Question)
                RefillFrame.decode(new RefillFrame.Question(7, POOL, SESSION, 128).encode());
        assertThat(question.number()).isEqualTo(7);
        assertThat(question.pool()).isEqualTo(POOL);
        assertThat(question.sessionId()).isEqualTo(SESSION);
        assertThat(question.count()).isEqualTo(128);
        assertThat(RefillFrame.decode(new RefillFrame.Answer(8, true).encode()))
                .isEqualTo(new RefillFrame.Answer(8, true));
        assertThat(RefillFrame.decode(new RefillFrame.Answer(8, false).encode()))
                .isEqualTo(new RefillFrame.Answer(8, false));
        assertThat(RefillFrame.decode(new RefillFrame.Go(-1).encode())).isEqualTo(new RefillFrame.Go(-1));
    }

    @Test
    void refusesWhatNobodyWrites() {
        var valid = new RefillFrame.Question(7, POOL, SESSION, 1).encode();
        assertMalformed(new byte[0]);
        assertMalformed(Arrays.copyOf(valid, valid.length - 1));
        assertMalformed(Arrays.copyOf(valid, valid.length + 1));
        assertMalformed(new RefillFrame.Question(7, POOL, SESSION, 0).encode());
        assertMalformed(new RefillFrame.Question(7, POOL, new byte[31], 1).encode());
    }

    @Test
    void survivesAnything() {
        var random = new Random(3);
        var valid = new RefillFrame.Question(7, POOL, SESSION, 1).encode();
        for (int i = 0; i < 2_000; i++) {
            var bytes = valid.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatNoException().isThrownBy(() -> {
                try {
                    RefillFrame.decode(bytes);
                } catch (DecodingException e) {
                    assertThat(e).isNotNull();
                }
            });
        }
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> RefillFrame.decode(bytes));
    }
}
