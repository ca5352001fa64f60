package quorate.node.presign;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import quorate.presign.PoolKey;
import quorate.presign.PoolNotice;

/**
 * What other players ask about pools, until it is answered (protocols.md 15.4): when the sessions that run now have ended. An
 * answer costs a hash over thousands of ids, and perhaps their list; so a player has one open question about a pool, of which
 * only the newest is answered, and its questions are answered one after the other with a pause after each. Nobody else waits
 * for them, least of all the thread that takes them in.
 */
final class PoolQuestions {
    /** An honest peer has one for each pool. */
    static final int MOST_OPEN = 1_000;

    private static final Duration AFTER_A_DIGEST = Duration.ofMillis(2);
    private static final Duration AFTER_A_LIST = Duration.ofMillis(20);

    /** Gives the answer. */
    interface Answering {
        /** Whether it was a list. */
        boolean answer(int player, long number, PoolNotice.Digest theirs);
    }

    private record Question(long number, PoolNotice.Digest theirs) {}

    private static final class Asker {
        private final int player;
        private final ReentrantLock turn = new ReentrantLock();
        private final Map<PoolKey, Question> open = new HashMap<>();

        private Asker(int player) {
            this.player = player;
        }

        /** Whether nothing was open about this pool. */
        private synchronized boolean asks(PoolKey pool, Question question) {
            boolean possible = open.containsKey(pool) || open.size() < MOST_OPEN;
            return possible && open.put(pool, question) == null;
        }

        /** Takes it out, unless there is a newer one. */
        private synchronized Optional<Question> newerThan(PoolKey pool, Question question) {
            return open.remove(pool, question) ? Optional.empty() : Optional.ofNullable(open.get(pool));
        }
    }

    private final InMaking inMaking;
    private final Answering answering;
    private final Map<Integer, Asker> askers = new ConcurrentHashMap<>();

    PoolQuestions(InMaking inMaking, Answering answering) {
        this.inMaking = inMaking;
        this.answering = answering;
    }

    /** {@code player} asks; never waits. */
    void ask(int player, long number, PoolNotice.Digest theirs) {
        var asker = askers.computeIfAbsent(player, Asker::new);
        var question = new Question(number, theirs);
        if (asker.asks(theirs.pool(), question)) {
            await(asker, question);
        }
    }

    private void await(Asker asker, Question question) {
        var _ = inMaking.ended(question.theirs().pool())
                .thenRun(() -> Thread.ofVirtual().name("pool-answer").start(() -> inTurn(asker, question)));
    }

    private void inTurn(Asker asker, Question question) {
        asker.turn.lock();
        try {
            var newer = asker.newerThan(question.theirs().pool(), question);
            if (newer.isPresent()) {
                // Sessions may have begun before it was asked that run still.
                await(asker, newer.get());
            } else {
                boolean list = answering.answer(asker.player, question.number(), question.theirs());
                Thread.sleep(list ? AFTER_A_LIST : AFTER_A_DIGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asker.turn.unlock();
        }
    }
}
