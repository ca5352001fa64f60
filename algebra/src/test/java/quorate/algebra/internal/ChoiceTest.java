package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final int AT = 3;

    private final long[] table =
            new Random(8).longs(AT + Choice.ENTRIES * Choice.WORDS).toArray();

    @Test
    void selectsEveryEntry() {
        for (int index = 0; index < Choice.ENTRIES; index++) {
            int at = AT + index * Choice.WORDS;
            assertThat(selected(index)).isEqualTo(Arrays.copyOfRange(table, at, at + Choice.WORDS));
        }
    }

    @Test
    void selectsZerosForAnyOtherIndex() {
        for (int index : new int[] {-1, 8, 9, 16, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(selected(index)).containsOnly(0);
        }
    }

    @Test
    void comparesAnyTwoNumbers() {
        var numbers = new int[] {0, 1, -1, 2, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE};
        for (int a : numbers) {
            for (int b : numbers) {
                assertThat(Choice.ifEqual(a, b)).isEqualTo(a == b ? -1 : 0);
            }
        }
    }

    private long[] selected(int index) {
        var r = new long[Choice.WORDS];
        Choice.select(r, table, AT, index);
        return r;
    }
}
