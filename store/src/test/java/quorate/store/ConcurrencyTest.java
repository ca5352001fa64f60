package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.reshare;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.sharing;
import static quorate.store.TestNode.startReshare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Of two that race, one wins, and the other is told. */
class ConcurrencyTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
        generate(database, "k", 1);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @RepeatedTest(5)
    void oneOfTwoCommitsWins() throws Exception {
        var op = startReshare(database, "k", 1, 2);
        var outcomes = race(
                () -> database.operations().commit("k", op, List.of()),
                () -> database.operations().commit("k", op, List.of()));
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.WRONG_STATE);
        assertThat(database.keys().sharings("k")).hasSize(2);
    }

    @RepeatedTest(5)
    void oneOfCommitAndRefusalWins() throws Exception {
        var op = startReshare(database, "k", 1, 2);
        var outcomes = race(
                () -> database.operations().commit("k", op, List.of()),
                () -> database.operations().refuse("k", op, List.of()));
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.WRONG_STATE);
        var committed = outcomes.getFirst() == Outcome.DONE;
        assertThat(database.operations().find("k", op).orElseThrow().state())
                .isEqualTo(committed ? OperationState.COMMITTED : OperationState.REFUSED);
        assertThat(database.keys().offers("k")).hasSize(committed ? 2 : 1);
    }

    @RepeatedTest(5)
    void oneOfTwoOperationsOfAKeyIsAdmitted() throws Exception {
        var admitted = race(() -> begin("a"), () -> begin("b"));
        assertThat(admitted).containsExactlyInAnyOrder(true, false);
        assertThat(database.operations().open()).hasSize(1);
    }

    @RepeatedTest(5)
    void oneOfTwoReplacementsOfAShareWins() throws Exception {
        var outcomes = race(() -> replace("k/1", 1), () -> replace("k/2", 2));
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.BASE_DIFFERS);
        assertThat(database.keys().sharings("k")).hasSize(1);
    }

    private Outcome replace(String shareId, long epoch) {
        return database.shares().install(key("k"), sharing(shareId, epoch), share(9), Optional.of(id("k/0")));
    }

    private boolean begin(String name) {
        try {
            database.operations()
                    .writePending(
                            reshare("k", name, Part.STAYS, "k/0", name, 1), sharing(name, 1), share(2), List.of());
            return true;
        } catch (OperationOpen busy) {
            return false;
        }
    }

    private static <T> List<T> race(Callable<T> first, Callable<T> second) throws Exception {
        var start = new CyclicBarrier(2);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = List.of(first, second).stream()
                    .map(task -> pool.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
