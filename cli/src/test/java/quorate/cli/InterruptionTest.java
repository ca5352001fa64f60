package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In processes of their own, because they are ended by a signal. */
class InterruptionTest {
    /** A command that puts something right before it ends. */
    static final class Command {
        private Command() {}

        public static void main(String[] arguments) {
            var interruption = Interruption.guard(Thread.currentThread());
            System.out.println("begun");
            if (arguments.length == 0) {
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException e) {
                    System.out.println("put right");
                }
            }
            interruption.over();
            System.exit(arguments.length == 0 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void letsTheCommandPutRightWhatItHasBegun(String signal) throws IOException, InterruptedException {
        var process = command();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("begun");

            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();

            assertThat(out.readLine()).isEqualTo("put right");
        }
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void doesNotDisturbACommandThatEndsByItself() throws IOException, InterruptedException {
        assertThat(command("over").waitFor()).isZero();
    }

    private static Process command(String... arguments) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Command.class.getName());
        builder.command().addAll(List.of(arguments));
        return builder.start();
    }
}
