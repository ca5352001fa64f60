package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quorate.presign.PoolKey;

class InMakingTest {
    private static final PoolKey POOL = new PoolKey("key", List.of(1, 2));

    @Test
    void waitsForWhatRunsAndForNothingThatBeginsLater() {
        var inMaking = new InMaking();
        assertThat(inMaking.ended(POOL)).isDone();
        var first = inMaking.begin(POOL);
        var second = inMaking.begin(POOL);
        var ended = inMaking.ended(POOL);
        assertThat(inMaking.ended(new PoolKey("key", List.of(1, 3)))).isDone();

        var later = inMaking.begin(POOL);
        first.close();
        assertThat(ended).isNotDone();
        second.close();

        assertThat(ended).isDone();
        assertThat(inMaking.ended(POOL)).isNotDone();
        later.close();
        assertThat(inMaking.ended(POOL)).isDone();
    }
}
