package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SecretsTest {
    @Test
    void wipesWhatItKeeps() {
        var bytes = new byte[] {1, 2, 3};
        var limbs = new long[] {4, 5};
        try (var scope = new Secrets()) {
            assertThat(scope.keep(bytes)).isSameAs(bytes).containsExactly(1, 2, 3);
            assertThat(scope.keep(limbs)).isSameAs(limbs).containsExactly(4, 5);
        }
        assertThat(bytes).containsOnly(0);
        assertThat(limbs).containsOnly(0);
    }

    @Test
    void wipesOnTheWayOutOfAnException() {
        var bytes = new byte[] {1, 2, 3};
        assertThatIllegalStateException().isThrownBy(() -> {
            try (var scope = new Secrets()) {
                scope.keep(bytes);
                throw new IllegalStateException("a ceremony failed");
            }
        });
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void refusesAndWipesWhatComesTooLate() {
        var scope = new Secrets();
        scope.close();
        var bytes = new byte[] {1};
        var limbs = new long[] {2};
        assertThatIllegalStateException().isThrownBy(() -> scope.keep(bytes));
        assertThatIllegalStateException().isThrownBy(() -> scope.keep(limbs));
        assertThat(bytes).containsOnly(0);
        assertThat(limbs).containsOnly(0);
    }

    @Test
    void mayBeClosedTwice() {
        var scope = new Secrets();
        scope.close();
        scope.close();
        assertThat(scope).hasToString("Secrets[closed]");
    }
}
