package quorate.cli.terminal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quorate.api.Problem;

/**
 * What came of a command: the same result as one JSON object and as lines for people, notes beside it, what to do
 * next, and what failed, if anything did.
 */
public final class Outcome {
    private final Object json;
    private final List<String> lines;
    private final List<String> notes;
    private final List<String> next;
    private final @Nullable Problem failure;
    private final Afterwards afterwards;

    /** What a command goes on doing after it has printed its result. */
    @FunctionalInterface
    public interface Afterwards {
        void run() throws InterruptedException;
    }

    private Outcome(
            Object json,
            List<String> lines,
            List<String> notes,
            List<String> next,
            @Nullable Problem failure,
            Afterwards afterwards) {
        this.json = json;
        this.lines = List.copyOf(lines);
        this.notes = List.copyOf(notes);
        this.next = List.copyOf(next);
        this.failure = failure;
        this.afterwards = afterwards;
    }

    public static Outcome of(Object json, List<String> lines) {
        return new Outcome(json, lines, List.of(), List.of(), null, () -> {});
    }

    /** A line beside the result, on standard error; not with {@code --json}. */
    public Outcome noting(String note) {
        return new Outcome(json, lines, joined(notes, note), next, failure, afterwards);
    }

    /** A command that is useful now, suggested on standard error; not with {@code --json}, nor after a failure. */
    public Outcome suggesting(String command) {
        return new Outcome(json, lines, notes, joined(next, command), failure, afterwards);
    }

    /** The result is printed, and the command failed all the same. */
    public Outcome failing(Problem problem) {
        return new Outcome(json, lines, notes, next, problem, afterwards);
    }

    public Outcome then(Afterwards work) {
        return new Outcome(json, lines, notes, next, failure, work);
    }

    public Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    public Object json() {
        return json;
    }

    /** Prints it and answers the exit code. */
    int show(Terminal terminal, boolean asJson) throws InterruptedException {
        if (asJson) {
            terminal.json(json);
        } else {
            lines.forEach(terminal::say);
            notes.forEach(terminal::note);
            if (failure == null) {
                next.forEach(command -> terminal.note("next: " + command));
            }
        }
        if (failure != null) {
            terminal.problem(failure, asJson);
        }
        terminal.out().flush();
        afterwards.run();
        return failure == null ? Action.DONE : Action.FAILED;
    }

    private static List<String> joined(List<String> list, String last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
