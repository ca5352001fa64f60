package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder);
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void makesAClusterWithTheFixedMembers() {
        var run = cli.run(
                "cluster", "init", "c", "--nodes", "3", "--threshold", "2", "--database", "sqlite", "--base-port",
                "7000", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("nodes").get(2).toString())
                .isEqualTo("{\"index\":3,\"config\":\"" + folder
                        + "/c/node-3/node.toml\",\"api\":\"127.0.0.1:7003\",\"mpc\":\"127.0.0.1:7103\"}");
    }

    @Test
    void warnsThatAllOfAllNodesDependOnBackups() {
        assertThat(cli.run("cluster", "init", "c", "--nodes", "3", "--threshold", "3").err())
                .contains("keep backups of every node");
    }

    @Test
    void startsOneProcessPerNodeAndStopsThem() throws IOException {
        cli.withCluster();

        var up = cli.run("cluster", "up", "quorate-cluster", "--detach", "--json");

        assertThat(up.code()).isZero();
        assertThat(cli.starter.started()).hasSize(3).allMatch(Process::isAlive);
        assertThat(up.json().path("nodes").get(0).path("pid").asLong())
                .isEqualTo(cli.starter.started().getFirst().pid());
        assertThat(up.json().path("nodes").get(0).path("ready").asBoolean()).isTrue();
        assertThat(Files.readString(folder.resolve("quorate-cluster/node-1/node.pid")))
                .startsWith(cli.starter.started().getFirst().pid() + "\n");

        assertThat(cli.run("cluster", "up", "quorate-cluster", "--detach").code()).isZero();
        assertThat(cli.starter.started()).hasSize(3);

        var down = cli.run("cluster", "down", "quorate-cluster", "--json");
        assertThat(down.json().path("nodes").get(1).path("pid").isNull()).isTrue();
        assertThat(cli.starter.started()).noneMatch(Process::isAlive);
        assertThat(cli.run("cluster", "status", "quorate-cluster").out()).contains("node 1  no process");
    }

    @Test
    void saysWhyANodeDidNotStartAndLetsTheOthersRun() throws IOException {
        cli.withCluster();
        Files.writeString(folder.resolve("quorate-cluster/node-2/node.toml"), "broken");

        var run = cli.run("cluster", "up", "quorate-cluster", "--detach", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("NODE_NOT_STARTED");
        assertThat(run.problem().path("detail").asText())
                .contains("node 2 ended with exit code 7")
                .contains("line 3: unknown setting playr");
        assertThat(cli.starter.started().stream().filter(Process::isAlive)).hasSize(2);
    }

    @Test
    void stopsTheNodesItStartedWhenOneFailsInTheForeground() throws IOException {
        cli.withCluster();
        Files.writeString(folder.resolve("quorate-cluster/node-2/node.toml"), "broken");

        assertThat(cli.run("cluster", "up", "quorate-cluster").code()).isEqualTo(1);

        assertThat(cli.starter.started()).noneMatch(Process::isAlive);
    }

    @Test
    void stopsTheNodesWhenItIsInterruptedInTheForeground() throws InterruptedException {
        cli.withCluster();
        var outcome = new AtomicReference<CommandLineFixture.Run>();
        var command = Thread.ofPlatform().start(() -> outcome.set(cli.run("cluster", "up", "quorate-cluster")));
        while (!Files.exists(folder.resolve("quorate-cluster/node-3/node.pid"))) {
            Thread.sleep(10);
        }
        Thread.sleep(1000);
        assertThat(command.isAlive()).isTrue();

        command.interrupt();
        command.join();

        assertThat(outcome.get().code()).isEqualTo(1);
        assertThat(outcome.get().err()).contains("INTERRUPTED");
        assertThat(cli.starter.started()).noneMatch(Process::isAlive);
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheSameNumber() throws IOException {
        cli.withCluster();
        cli.run("cluster", "up", "quorate-cluster", "--detach");
        var innocent = cli.starter.started().getFirst();
        Files.writeString(
                folder.resolve("quorate-cluster/node-1/node.pid"), innocent.pid() + "\n2020-01-01T00:00:00Z\n");

        cli.run("cluster", "down", "quorate-cluster");

        assertThat(innocent.isAlive()).isTrue();
    }

    @Test
    void printsACardReadyForAFile() {
        var run = cli.run("node", "init", "n1", "--player", "1", "--mpc", "a:1", "--api", "a:2");

        assertThat(run.out()).isEqualTo("# card\nplayer = 1\n");
        assertThat(run.err()).contains("id to read aloud: ab12 cd34");
        assertThat(cli.run("node", "card", "--config", "n1/node.toml", "--json").json().path("id").asText())
                .isEqualTo("ab12");
    }

    @Test
    void assemblesCards() {
        var run = cli.run("cluster", "assemble", "a.card", "b.card", "--threshold", "2", "--out", "c", "--json");

        assertThat(run.json().path("nodes")).hasSize(2);
        assertThat(run.json().path("threshold").asInt()).isEqualTo(2);
    }
}
