package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;

class PairStateTest {
    private final Secrets scope = new Secrets();
    private final PairState state = PairStates.random(2, 31, (1L << 40) + 7, new KatDraw("state"), scope);

    @Test
    void comesBackFromStorageAsItWas() throws Exception {
        var stored = state.exposeFor(Purpose.SEALING);
        assertThat(stored).hasSize(PairState.BYTES).hasSize(12_381).startsWith(1, 0, 2, 0, 31);

        var back = PairState.decode(stored, scope);

        assertThat(back.me()).isEqualTo(2);
        assertThat(back.peer()).isEqualTo(31);
        assertThat(back.generation()).isEqualTo((1L << 40) + 7);
        assertThat(back.setup()).isEqualTo(state.setup());
        assertThat(back.name()).isEqualTo(state.name());
        assertThat(PairStates.secrets(back)).isEqualTo(PairStates.secrets(state));
        assertThat(back.exposeFor(Purpose.SEALING)).isEqualTo(stored);
    }

    @Test
    void readsNothingElse() {
        var stored = state.exposeFor(Purpose.SEALING);
        for (int length : new int[] {0, 1, 4, stored.length - 1, stored.length + 1}) {
            assertMalformed(Arrays.copyOf(stored, length));
        }
    }

    /** Another version; party 0; itself as the other party; a negative index or generation. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 2", "2, 0", "4, 2", "1, 128", "3, 255", "5, 128"})
    void readsNoImpossibleState(int at, int value) {
        var stored = state.exposeFor(Purpose.SEALING);
        stored[at] = (byte) value;
        assertMalformed(stored);
    }

    @Test
    void diesWithItsScopeAndShowsNothing() {
        assertThat(state.toString()).isEqualTo("PairState[2-31, redacted]");
        assertThat(state.asBob().toString() + state.asAlice()).doesNotContain("[B@");
        scope.close();
        assertThat(PairStates.secrets(state)).containsOnly(0);
    }

    private void assertMalformed(byte[] bytes) {
        assertThatThrownBy(() -> PairState.decode(bytes, scope)).isInstanceOf(DecodingException.class);
    }
}
