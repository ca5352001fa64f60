package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.testkit.http.FakeNode;

class DemoCommandTest {
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
    void tellsTheWholeStory() {
        var run = cli.run("demo", "--keep", "kept", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("ok").asBoolean()).isTrue();
        assertThat(run.json().path("steps")).hasSizeGreaterThan(25).allSatisfy(step -> {
            assertThat(step.path("ok").asBoolean()).isTrue();
            assertThat(step.has("millis")).isTrue();
        });
        assertThat(cli.backups.restored).hasSize(1);
        assertThat(cli.starter.started()).hasSize(4).noneMatch(Process::isAlive);
        assertThat(folder.resolve("kept/cluster/cluster.toml")).exists();
    }

    @Test
    void tellsPeopleEveryStepAsItGoes() {
        var run = cli.run("demo", "--keep", "kept");

        assertThat(run.out()).contains("sign with nodes [2, 3] again").contains("The demo took");
    }

    @Test
    void stopsAtTheFirstStepThatFailsAndStopsTheNodes() {
        cli.nodes.node(2).when("POST /v1/backups", FakeNode.problem(ProblemCode.INTERNAL, "the disk is full"));

        var run = cli.run("demo", "--keep", "kept", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("ok").asBoolean()).isFalse();
        var steps = run.json().path("steps");
        assertThat(steps.get(steps.size() - 2).path("name").asText()).isEqualTo("back up all databases");
        assertThat(steps.get(steps.size() - 2).path("ok").asBoolean()).isFalse();
        assertThat(steps.get(steps.size() - 1).path("name").asText()).isEqualTo("stop all nodes");
        assertThat(run.problem().path("detail").asText()).contains("the disk is full");
        assertThat(cli.starter.started()).noneMatch(Process::isAlive);
    }

    @Test
    void failsIfPresignaturesOutliveTheirProcess() {
        cli.presignaturesSurvive();

        var run = cli.run("demo", "--keep", "kept", "--json");

        assertThat(run.code()).isEqualTo(1);
        var steps = run.json().path("steps");
        assertThat(steps.get(steps.size() - 2).path("name").asText())
                .isEqualTo("see the old presignatures of nodes [1, 2] refused");
        assertThat(run.problem().path("detail").asText()).isEqualTo("node 1 holds 9 presignatures instead of 0");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        var before = demoFolders();

        cli.run("demo", "--json");

        assertThat(demoFolders()).isEqualTo(before);
    }

    private static long demoFolders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("quorate-demo-")).count();
        }
    }
}
