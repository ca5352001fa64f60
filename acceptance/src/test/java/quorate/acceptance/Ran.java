package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quorate.cli.Main;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Terminal;
import quorate.sdk.Timeouts;

/** A command that has ended: its exit code and what it printed. */
record Ran(List<String> arguments, int exit, String out, String err) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final long PATIENCE_SECONDS = 180;

    /** Runs it to its end, in this process: the same code as from a shell without the start of a Java machine. */
    static Ran command(Path folder, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = Main.run(host(folder, out, err), arguments);
        return new Ran(List.of(arguments), exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** Runs it to its end, as a process; the output goes through files, so that no pipe can fill up. */
    static Ran process(Path folder, List<String> jvmOptions, String... arguments) {
        return process(folder, Map.of(), jvmOptions, arguments);
    }

    /** The same with more in its environment. */
    static Ran process(Path folder, Map<String, String> environment, List<String> jvmOptions, String... arguments) {
        try {
            var out = Files.createTempFile(folder, "command", ".out");
            var err = Files.createTempFile(folder, "command", ".err");
            var builder = Launch.of(jvmOptions, Arrays.asList(arguments));
            builder.environment().putAll(environment);
            var process = builder.directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end: " + String.join(" ", arguments));
            }
            return new Ran(List.of(arguments), process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** This machine, with {@code folder} as the working directory and nobody at the terminal. */
    static Host host(Path folder, OutputStream out, OutputStream err) {
        return new Host(
                new Terminal(InputStream.nullInputStream(), printing(out), printing(err), false, false),
                Map.of(),
                folder,
                Clock.systemUTC(),
                new SecureRandom(),
                Timeouts.standard());
    }

    private static PrintStream printing(OutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }

    /** The one JSON object of a command that succeeded. */
    JsonNode done() {
        assertThat(exit).as(toString()).isZero();
        return json();
    }

    JsonNode json() {
        return parse(out);
    }

    /** The problem of a command that was refused. */
    JsonNode refused(String code) {
        assertThat(exit).as(toString()).isEqualTo(1);
        var problem = parse(err);
        assertThat(problem.path("code").asText()).as(toString()).isEqualTo(code);
        return problem;
    }

    private JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not one JSON object: " + this, e);
        }
    }
}
