package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that has ended: its exit code and what it printed. */
record Ran(List<String> arguments, int exit, String out, String err) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final long PATIENCE_SECONDS = 180;

    /** Runs it to its end; the output goes through files, so that no pipe can fill up. */
    static Ran command(Path folder, String... arguments) {
        try {
            var out = Files.createTempFile(folder, "command", ".out");
            var err = Files.createTempFile(folder, "command", ".err");
            var process = Launch.of(Arrays.asList(arguments))
                    .directory(folder.toFile())
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
