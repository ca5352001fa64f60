package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that must not start say why and do not start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartRefusalIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @BeforeAll
    void startNode1(@TempDir Path folder) {
        work = folder;
        cluster = Cluster.init(work);
        cluster.start(1);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void unknownSettingIsNamedWithItsLine() throws IOException {
        var config = cluster.folder().config(2);
        var text = Files.readString(config);
        try {
            ClusterFolder.append(config, "drain-timeuot = \"3s\"\n");
            var line = text.lines().count() + 1;
            assertRefused(2, "CONFIGURATION", "drain-timeuot", config.toString(), String.valueOf(line));
        } finally {
            Files.writeString(config, text);
        }
    }

    @Test
    void configurationThatOthersCanReadIsRefused() throws IOException {
        assertRefusedIfReadable(cluster.folder().config(2));
    }

    @Test
    void masterKeyThatOthersCanReadIsRefused() throws IOException {
        assertRefusedIfReadable(cluster.folder().node(2).resolve("master.key"));
    }

    @Test
    void indexOfAnotherNodeIsRefused() throws IOException {
        var config = cluster.folder().config(2);
        var text = Files.readString(config);
        try {
            Files.writeString(config, text.replaceFirst("(?m)^player = 2$", "player = 3"));
            assertRefused(2, "CONFIGURATION", "player 3");
        } finally {
            Files.writeString(config, text);
        }
    }

    @Test
    void secondProcessOfARunningNodeIsRefused() throws IOException {
        var config = cluster.folder().node(1).resolve("second.toml");
        // The same database under addresses of its own: the ports must not be what keeps it out.
        var text = Files.readString(cluster.folder().config(1))
                .replace(":" + cluster.apiPort(1) + "\"", ":" + cluster.apiPort(2) + "\"")
                .replace(":" + cluster.mpcPort(1) + "\"", ":" + cluster.mpcPort(2) + "\"");
        Files.createFile(config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(config, text);

        var second = Ran.process(work, List.of(), "node", "run", "--config", config.toString());

        assertThat(second.exit()).as(second.toString()).isEqualTo(1);
        assertThat(second.err()).contains("NODE_NOT_STARTED");
        cluster.awaitReady();
    }

    private void assertRefusedIfReadable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertRefused(2, "CONFIGURATION", file.toString());
        } finally {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void assertRefused(int node, String... words) {
        var refused = Ran.process(work, List.of(), "node", "run", "--config", cluster.folder().config(node).toString());
        assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.err()).contains(words);
        assertThat(cluster.folder().data(node)).doesNotExist();
    }
}
