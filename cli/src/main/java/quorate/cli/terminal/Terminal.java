package quorate.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import quorate.api.Json;
import quorate.api.Problem;

/**
 * The three standard streams. Results go to standard output, everything else to standard error. What nodes and files
 * say is printed without control characters, so that it cannot move the cursor.
 *
 * @param inputIsTerminal somebody can be asked
 * @param errorIsTerminal progress may be shown
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, boolean inputIsTerminal, boolean errorIsTerminal) {
    /** A line of the result. */
    public void say(String line) {
        out.println(printable(line));
    }

    /** A line beside the result. */
    public void note(String line) {
        err.println(printable(line));
    }

    /** The result, as the one JSON object that standard output gets. */
    public void json(Object value) {
        out.println(new String(Json.write(value), StandardCharsets.UTF_8));
    }

    public void problem(Problem problem, boolean asJson) {
        if (asJson) {
            err.println(new String(Json.write(problem), StandardCharsets.UTF_8));
            return;
        }
        note("error " + problem.code() + ": " + problem.detail());
        note("  what to do: " + problem.remedy());
        if (problem.sessionId() != null) {
            note("  session:    " + problem.sessionId());
        }
        if (problem.check() != null) {
            note("  check:      " + problem.check());
        }
        if (problem.culprits() != null) {
            note("  caught:     node " + problem.culprits());
        }
        if (problem.silent() != null) {
            note("  silent:     node " + problem.silent());
        }
        note("  more:       quorate explain " + problem.code());
    }

    /** Asks on standard error; empty if nobody can be asked. */
    public Optional<String> ask(String question) throws IOException {
        if (!inputIsTerminal) {
            return Optional.empty();
        }
        err.print(printable(question));
        err.flush();
        return Optional.ofNullable(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine());
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
