package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.store.StoredPairState;

/** "Sessions that ended by a crash of the process" are counted (protocols.md 3.6), not those that run. */
@Timeout(60)
class RunningUsesTest {
    private static final int SESSIONS = 3 * StoredPairState.MAX_CRASHED;

    @TempDir
    Path folder;

    private PairNode node;
    private PairBook book;

    @BeforeEach
    void openNode() throws Exception {
        node = new PairNode(folder);
        node.add(2, 0);
        book = new PairBook(node.database, Clock.systemUTC(), Duration.ofSeconds(24));
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void manySessionsAtATimeDoNotSuspendAPair() throws Exception {
        var running = new ArrayList<PairBook.Use>();
        for (int session = 0; session < SESSIONS; session++) {
            running.add(begin());
        }

        assertThat(book.hasUsable(node.key, 2)).isTrue();
        assertThat(book.offers(List.of(node.key), Set.of(1, 2)).with(2)).containsExactly(PairNode.setup(2, 0));

        running.forEach(PairBook.Use::close);
        assertThat(state().sessions()).isEqualTo(SESSIONS);
        assertThat(state().crashed()).isZero();
    }

    @Test
    void aStateThatIsInUseAllTheTimeIsUsableAllTheTime() throws Exception {
        var work = new ArrayList<Callable<Boolean>>();
        for (int caller = 0; caller < 2 * StoredPairState.MAX_CRASHED; caller++) {
            work.add(() -> {
                boolean usable = true;
                for (int session = 0; session < 5; session++) {
                    try (var _ = begin()) {
                        usable &= state().crashed() <= StoredPairState.MAX_CRASHED && book.hasUsable(node.key, 2);
                    }
                }
                return usable;
            });
        }
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var usable : callers.invokeAll(work)) {
                assertThat(usable.get()).isTrue();
            }
        }
        assertThat(state().crashed()).isZero();
    }

    private PairBook.Use begin() throws Exception {
        return book.begin(node.key, List.of(PairNode.setup(2, 0)), 1);
    }

    private StoredPairState state() {
        return node.database.pairStates().of(PairNode.KEY, PairBook.shareId(node.key)).getFirst();
    }
}
