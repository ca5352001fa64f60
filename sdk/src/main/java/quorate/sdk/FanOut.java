package quorate.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/** Asks several nodes the same at the same time. Every question has its own deadline, so this ends. */
final class FanOut<N> {
    /** How long the others may still take when one node has said that it will not do what all must do together. */
    private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(2);

    private final List<N> nodes;
    private final ToIntFunction<N> player;

    FanOut(Collection<N> nodes, ToIntFunction<N> player) {
        this.nodes = List.copyOf(nodes);
        this.player = player;
    }

    /** Waits for every node. */
    <T> Answers<T> askEach(Function<N, T> question) {
        return ask(question, false, soFar -> false);
    }

    /** Waits until the answers so far are enough. */
    <T> Answers<T> askUntil(Function<N, T> question, Predicate<Answers<T>> enough) {
        return ask(question, false, enough);
    }

    /** Waits for every node, but not long after one of them refused. */
    <T> Answers<T> askTogether(Function<N, T> question) {
        return ask(question, true, soFar -> false);
    }

    private <T> Answers<T> ask(Function<N, T> question, boolean together, Predicate<Answers<T>> enough) {
        var answers = new Answers<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var arriving = new ExecutorCompletionService<NodeAnswer<T>>(threads);
            var running = new ArrayList<Future<NodeAnswer<T>>>();
            nodes.forEach(node -> running.add(arriving.submit(() -> answerOf(node, question))));
            try {
                collect(arriving, answers, together, enough);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TsmException.Interrupted(
                        Problem.of(ProblemCode.INTERRUPTED, "interrupted while waiting for the nodes"));
            } finally {
                // Those that are still waiting answer at once that they were interrupted.
                running.forEach(waiting -> waiting.cancel(true));
            }
        }
        return answers;
    }

    private <T> void collect(
            ExecutorCompletionService<NodeAnswer<T>> arriving,
            Answers<T> answers,
            boolean together,
            Predicate<Answers<T>> enough)
            throws InterruptedException {
        boolean hopeless = false;
        for (int left = nodes.size(); left > 0 && !enough.test(answers); left--) {
            var next = hopeless
                    ? arriving.poll(AFTER_A_REFUSAL.toMillis(), TimeUnit.MILLISECONDS)
                    : arriving.take();
            if (next == null) {
                return;
            }
            var answer = result(next);
            answers.add(answer);
            hopeless |= together
                    && answer instanceof NodeAnswer.Failed<T>(int who, TsmException failure)
                    && Failures.isFinal(failure);
        }
    }

    private <T> NodeAnswer<T> answerOf(N node, Function<N, T> question) {
        int who = player.applyAsInt(node);
        try {
            return new NodeAnswer.Given<>(who, question.apply(node));
        } catch (TsmException e) {
            return new NodeAnswer.Failed<>(who, e);
        }
    }

    private static <T> NodeAnswer<T> result(Future<NodeAnswer<T>> finished) throws InterruptedException {
        try {
            return finished.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question failed in an unexpected way", e.getCause());
        }
    }
}
