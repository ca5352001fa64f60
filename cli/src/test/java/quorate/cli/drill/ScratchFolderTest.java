package quorate.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.cli.cluster.NodeProcessFile;
import quorate.cli.demo.Folders;

class ScratchFolderTest {
    private final List<Path> made = new ArrayList<>();

    @AfterEach
    void cleanUp() throws IOException {
        for (var folder : made) {
            if (Files.exists(folder)) {
                Folders.delete(folder);
            }
        }
    }

    /** As a drill that was killed leaves it. */
    private Path leftBehind() throws IOException {
        var folder = Files.createTempDirectory("quorate-drill-");
        made.add(folder);
        Files.createFile(folder.resolve("lock"));
        Files.createDirectories(folder.resolve("cluster/node-1"));
        return folder;
    }

    @Test
    void isItsOwnersAloneAndGoneAfterwards() throws IOException {
        Path folder;
        try (var scratch = ScratchFolder.create()) {
            folder = scratch.cluster().getParent();
            for (var each : List.of(scratch.cluster(), scratch.spool(), scratch.cluster().resolve(".."))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each))).isEqualTo("rwx------");
            }
            Files.writeString(scratch.cluster().resolve("something"), "of the drill");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void removesWhatAKilledDrillLeftWithItsNodes() throws Exception {
        var left = leftBehind();
        var node = new ProcessBuilder("sleep", "600").start();
        var info = node.info().startInstant().orElseThrow();
        Files.writeString(left.resolve("cluster/node-1/node.pid"), node.pid() + "\n" + info + "\n");
        assertThat(new NodeProcessFile(left.resolve("cluster/node-1")).running()).isPresent();

        try (var scratch = ScratchFolder.create()) {
            assertThat(scratch.removeLeftBehind(Clock.systemUTC())).contains(left);
        }

        assertThat(left).doesNotExist();
        assertThat(node.waitFor()).isNotZero();
    }

    @Test
    void leavesTheFolderOfADrillThatRuns() throws IOException {
        try (var running = ScratchFolder.create();
                var other = ScratchFolder.create()) {
            other.removeLeftBehind(Clock.systemUTC());
            assertThat(running.cluster()).isDirectory();
        }
    }

    @Test
    void leavesAFolderThatIsJustBeingMade() throws IOException {
        var young = Files.createTempDirectory("quorate-drill-");
        made.add(young);
        try (var scratch = ScratchFolder.create()) {
            scratch.removeLeftBehind(Clock.systemUTC());
            assertThat(young).isDirectory();
            scratch.removeLeftBehind(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
            assertThat(young).doesNotExist();
        }
    }

    @Test
    void doesNotFollowALink() throws IOException {
        var target = Files.createTempDirectory("somebody-elses-");
        made.add(target);
        Files.createFile(target.resolve("lock"));
        var link = Path.of(System.getProperty("java.io.tmpdir"), "quorate-drill-link-" + System.nanoTime());
        Files.createSymbolicLink(link, target);
        try (var scratch = ScratchFolder.create()) {
            scratch.removeLeftBehind(Clock.systemUTC());
            assertThat(target.resolve("lock")).exists();
        } finally {
            Files.delete(link);
        }
    }
}
