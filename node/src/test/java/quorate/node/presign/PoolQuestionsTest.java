package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.presign.PoolKey;
import quorate.presign.PoolNotice;

@Timeout(60)
class PoolQuestionsTest {
    private static final PoolKey POOL = new PoolKey("key", List.of(1, 3));
    private static final PoolKey OTHER = new PoolKey("key", List.of(1, 2, 3));

    private record Answered(int player, long number) {}

    private final InMaking inMaking = new InMaking();
    private final LinkedBlockingQueue<Answered> answered = new LinkedBlockingQueue<>();
    private final PoolQuestions questions = new PoolQuestions(inMaking, (player, number, theirs) -> {
        answered.add(new Answered(player, number));
        return true;
    });

    @Test
    void answersOnlyTheNewestOfManyQuestionsAboutAPool() throws Exception {
        var making = inMaking.begin(POOL);
        for (int number = 1; number <= 50_000; number++) {
            questions.ask(3, number, asking(POOL));
        }
        questions.ask(3, 7, asking(OTHER));
        questions.ask(2, 8, asking(POOL));
        assertThat(next()).as("about another pool").isEqualTo(new Answered(3, 7));

        making.close();

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder(new Answered(3, 50_000), new Answered(2, 8));
        assertNothingMore();
    }

    @Test
    void aNewerQuestionWaitsForWhatRanWhenItWasAsked() throws Exception {
        var first = inMaking.begin(POOL);
        questions.ask(3, 1, asking(POOL));
        var second = inMaking.begin(POOL);
        questions.ask(3, 2, asking(POOL));

        first.close();
        assertNothingMore();
        second.close();

        assertThat(next()).isEqualTo(new Answered(3, 2));
        assertNothingMore();
    }

    @Test
    void whoAsksTooMuchDoesNotKeepOthersFromAnAnswer() throws Exception {
        var all = List.of(inMaking.begin(POOL), inMaking.begin(OTHER));
        for (int number = 0; number < PoolQuestions.MOST_OPEN + 10; number++) {
            var pool = new PoolKey("flood-" + number, List.of(1, 3));
            inMaking.begin(pool);
            questions.ask(3, number, asking(pool));
        }
        questions.ask(3, 5_000, asking(POOL));
        questions.ask(2, 6_000, asking(OTHER));

        all.forEach(InMaking.Making::close);

        assertThat(next()).isEqualTo(new Answered(2, 6_000));
        assertNothingMore();
    }

    @Test
    void listsOfAPlayerFollowEachOtherWithPauses() throws Exception {
        var answers = new AtomicInteger();
        var eager = new PoolQuestions(inMaking, (player, number, theirs) -> {
            answers.incrementAndGet();
            return true;
        });
        long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
        long number = 0;
        while (System.nanoTime() < end) {
            eager.ask(3, number++, asking(POOL));
            eager.ask(3, number++, asking(OTHER));
        }

        assertThat(answers.get()).isBetween(2, 30);
        assertThat(number).isGreaterThan(1_000);
    }

    private Answered next() throws InterruptedException {
        return Objects.requireNonNull(answered.poll(10, TimeUnit.SECONDS), "nothing was answered");
    }

    private void assertNothingMore() throws InterruptedException {
        assertThat(answered.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    private static PoolNotice.Digest asking(PoolKey pool) {
        return new PoolNotice.Digest(pool, new byte[32]);
    }
}
