package quorate.cli.presign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import quorate.api.PresignaturePool;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Answers;
import quorate.sdk.NodeAnswer;

/** A number of presignatures per node. Nodes that hold no share of the key are left out where others do. */
record NodeCounts(List<Row> nodes) {
    /** {@code count} is null if the node did not answer; {@code pools} only where they were asked for. */
    record Row(
            int index,
            @Nullable Integer count,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PresignaturePool> pools,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Problem failure) {}

    static <T> NodeCounts of(Answers<T> answers, BiFunction<Integer, T, Row> row) {
        boolean anybody = !answers.given().isEmpty();
        return new NodeCounts(answers.all().stream()
                .filter(answer -> !(anybody && holdsNothing(answer)))
                .map(answer -> switch (answer) {
                    case NodeAnswer.Given<T>(int player, T value) -> row.apply(player, value);
                    case NodeAnswer.Failed<T>(int player, var failure) ->
                        new Row(player, null, null, failure.problem());
                })
                .toList());
    }

    static <T> NodeCounts counting(Answers<T> answers, ToIntFunction<T> count) {
        return of(answers, (player, value) -> new Row(player, count.applyAsInt(value), null, null));
    }

    private static <T> boolean holdsNothing(NodeAnswer<T> answer) {
        return answer instanceof NodeAnswer.Failed<T>(int player, var failure)
                && (failure.code() == ProblemCode.KEY_NOT_FOUND || failure.code() == ProblemCode.KEY_DELETED);
    }

    /** The first thing that a node did not do. */
    Optional<Problem> failure() {
        return nodes.stream().flatMap(row -> Optional.ofNullable(row.failure()).stream()).findFirst();
    }

    boolean nobodyAnswered() {
        return nodes.stream().allMatch(row -> row.count() == null);
    }

    Outcome outcome(String what) {
        return Outcome.of(this, nodes.stream().map(row -> line(row, what)).toList());
    }

    private static String line(Row row, String what) {
        var failure = row.failure();
        return "node " + row.index() + "  "
                + (failure == null ? row.count() + " " + what : failure.code() + ": " + failure.detail());
    }
}
