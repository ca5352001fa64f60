package quorate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeJvmTest {
    /** Stands in for a node. */
    static final class Node {
        private Node() {}

        public static void main(String[] arguments) {
            System.out.println(List.of(arguments));
            System.err.println("heap " + (Runtime.getRuntime().maxMemory() >> 20));
            System.err.println("process " + ProcessHandle.current().pid());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void startsASmallJvmThatLogsForItsOwnerAlone(boolean detached, @TempDir Path folder)
            throws IOException, InterruptedException {
        var log = folder.resolve("node.log");

        var process = new NodeJvm(Node.class.getName()).start(Path.of("/n/node.toml"), log, detached);

        assertThat(process.waitFor()).isZero();
        var lines = Files.readAllLines(log);
        assertThat(lines).contains("[node, run, --config, /n/node.toml]").contains("process " + process.pid());
        assertThat(lines.stream().filter(line -> line.startsWith("heap ")).map(line -> line.substring(5)))
                .singleElement()
                .satisfies(heap -> assertThat(Integer.parseInt(heap)).isLessThanOrEqualTo(160));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log))).isEqualTo("rw-------");
    }

    @Test
    void tellsANodeToEndWithThisProcess(@TempDir Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("node.log");

        new NodeJvm(Node.class.getName()).endingWithUs().start(Path.of("/n/node.toml"), log, false).waitFor();

        assertThat(Files.readAllLines(log))
                .contains("[node, run, --config, /n/node.toml, --until-exit-of, "
                        + ProcessHandle.current().pid() + "]");
    }
}
