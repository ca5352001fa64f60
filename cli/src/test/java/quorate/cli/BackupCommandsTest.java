package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.BackupState;
import quorate.api.ProblemCode;
import quorate.testkit.http.FakeNode;

class BackupCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
        cli.key("k1");
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private List<Path> create() {
        var run = cli.run("backup", "create", "--out", "backups", "--json");
        assertThat(run.code()).isZero();
        var files = new ArrayList<Path>();
        run.json().path("files").forEach(file -> files.add(Path.of(file.path("file").asText())));
        return files;
    }

    @Test
    void writesOneFilePerNodeUnderPauseAndResumes() throws IOException {
        var paused = new ArrayList<Boolean>();
        cli.nodes.node(2).when("POST /v1/backups", (call, exchange) -> {
            paused.add(cli.nodes.pause(1).paused() && cli.nodes.pause(2).paused() && cli.nodes.pause(3).paused());
            cli.nodes.node(2).asUsual("POST /v1/backups");
            throw new IOException("first attempt only looks");
        });
        assertThat(cli.run("backup", "create", "--out", "first").code()).isEqualTo(1);
        assertThat(paused).containsExactly(true);

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.json().path("ok").asBoolean()).isTrue();
        assertThat(run.json().path("files")).hasSize(3).allSatisfy(file -> {
            assertThat(file.path("state").asText()).isEqualTo("complete");
            assertThat(file.path("digest").asText()).hasSize(64);
        });
        for (int player = 1; player <= 3; player++) {
            assertThat(cli.nodes.pause(player).paused()).isFalse();
            assertThat(cli.nodes.backups(player).getLast().state()).isEqualTo(BackupState.COMPLETE);
        }
        var written = Path.of(run.json().path("files").get(0).path("file").asText());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written))).isEqualTo("rw-------");
        assertThat(names("backups")).hasSize(5).noneMatch(name -> name.endsWith(".incomplete"));
    }

    @Test
    void keepsTheGoodFilesWhenOneNodeFailsHalfWay() throws IOException {
        cli.nodes.node(3).when("POST /v1/backups", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            throw new IOException("power cut");
        });

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("ok").asBoolean()).isFalse();
        assertThat(run.json().path("files").get(0).path("state").asText()).isEqualTo("complete");
        assertThat(run.json().path("files").get(2).path("state").asText()).isEqualTo("incomplete");
        assertThat(run.problem().path("code").asText()).isEqualTo("BACKUP_FAILED");
        assertThat(run.problem().path("detail").asText()).startsWith("node 3: NODE_UNREACHABLE");
        assertThat(names("backups").stream().filter(name -> name.contains("node-3"))).isEmpty();
        assertThat(List.of(1, 2, 3)).noneMatch(player -> cli.nodes.pause(player).paused());
    }

    @Test
    void givesUpOnANodeThatIsStuckAndResumesAll() throws IOException {
        cli.nodes.node(1).when("POST /v1/backups", FakeNode.silence());

        var run = cli.run("backup", "create", "--out", "backups", "--deadline", "2s", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("detail").asText()).contains("did not answer within 2.0 s");
        assertThat(List.of(1, 2, 3)).noneMatch(player -> cli.nodes.pause(player).paused());
    }

    @Test
    void takesTheNameAwayFromAFileThatDoesNotReadBack() throws IOException {
        cli.nodes.node(2).when("POST /v1/backups", FakeNode.raw(200, "not what it should be"));

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("detail").asText()).contains("node 2: BACKUP_DIGEST");
        assertThat(names("backups").stream().filter(name -> name.contains("node-2")))
                .singleElement()
                .asString()
                .endsWith(".qbk.incomplete");
    }

    @Test
    void takesTheNameAwayFromAFileOfAnotherNode() {
        cli.nodes.node(2).when("POST /v1/backups", FakeNode.raw(200, "fake backup x of node 3"));

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.problem().path("detail").asText()).contains("BACKUP_NODE");
    }

    @Test
    void backsUpTheOthersWhenANodeIsDown() throws IOException {
        cli.nodes.node(2).close();

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(names("backups").stream().filter(name -> name.endsWith(".qbk"))).hasSize(2);
    }

    @Test
    void leavesThePauseOfAnOperatorInPlace() {
        cli.run("pause", "--node", "2", "--reason", "rack move");

        assertThat(cli.run("backup", "create", "--out", "backups").code()).isZero();

        assertThat(cli.nodes.pause(2).reason()).isEqualTo("rack move");
        assertThat(cli.nodes.pause(1).paused()).isFalse();
    }

    @Test
    void doesNotRelyOnAPauseThatEndsTooSoon() {
        cli.run("pause", "--node", "2", "--for", "1s");

        var run = cli.run("backup", "create", "--out", "backups", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("detail").asText()).contains("node 2: PAUSED: node 2 is paused by admin, but only");
    }

    @Test
    void verifiesExactlyTheNamedFilesAndKeepsTheResult() throws IOException {
        var files = create();

        var good = cli.run("backup", "verify", files.get(0).toString(), files.get(1).toString(), "--json");

        assertThat(good.code()).isZero();
        assertThat(good.json().path("ok").asBoolean()).isTrue();
        assertThat(good.json().path("files")).hasSize(2);
        assertThat(good.json().path("files").get(0).path("sharesOpened").asBoolean()).isTrue();
        assertThat(good.json().path("keys").get(0).toString())
                .isEqualTo("{\"keyId\":\"k1\",\"restorable\":true,\"why\":\"2 of 2 needed shares\"}");

        Files.writeString(files.get(1), "damage");
        var bad = cli.run("backup", "verify", files.get(0).toString(), files.get(1).toString(), "--json");

        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.json().path("ok").asBoolean()).isFalse();
        assertThat(bad.json().path("files").get(1).path("findings").get(0).path("code").asText())
                .isEqualTo("BACKUP_DIGEST");
        assertThat(bad.problem().path("code").asText()).isEqualTo("BACKUP_DIGEST");
        var listed = cli.run("backup", "list", "backups", "--json").json().path("backups").get(0);
        assertThat(listed.path("verified").path("ok").asBoolean()).isFalse();
        assertThat(listed.path("verified").path("detail").asText()).contains("BACKUP_DIGEST");
    }

    @Test
    void verifiesWithoutAnyCluster() throws IOException {
        var files = create();
        Files.move(folder.resolve("quorate-cluster"), folder.resolve("gone"));

        var run = cli.run("backup", "verify", files.get(0).toString(), "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("files").get(0).path("sharesOpened").asBoolean()).isFalse();
        assertThat(run.json().path("keys").get(0).path("restorable").asBoolean()).isFalse();
    }

    @Test
    void listsAgeCompletenessAndWhatWasCreatedSince() throws IOException {
        create();
        var listed = cli.run("backup", "list", "backups", "--json").json();

        var backup = listed.path("backups").get(0);
        assertThat(listed.path("ok").asBoolean()).isTrue();
        assertThat(listed.path("files")).hasSize(3);
        assertThat(backup.path("ageSeconds").asLong()).isZero();
        assertThat(backup.path("complete").asBoolean()).isTrue();
        assertThat(backup.path("verified").isNull()).isTrue();
        assertThat(backup.path("drilled").isNull()).isTrue();
        assertThat(backup.path("keysCreatedAfter").asInt()).isZero();

        Files.delete(Path.of(folder + "/backups/" + listed.path("files").get(0).path("file").asText()));
        cli.nodes.nodes().forEach(FakeNode::close);
        var poorer = cli.run("backup", "list", "backups");
        assertThat(poorer.code()).isZero();
        assertThat(poorer.out()).contains("INCOMPLETE").contains("drill never").contains("keys created since: unknown");
    }

    @Test
    void listsWhatTheNodesRemember() {
        create();

        var run = cli.run("backup", "list", "--json");

        assertThat(run.json().path("backups")).hasSize(1);
        assertThat(run.json().path("backups").get(0).path("files").asInt()).isEqualTo(3);
        assertThat(run.json().path("backups").get(0).path("complete").asBoolean()).isTrue();
    }

    @Test
    void saysThatTheLedgerIsDamaged() throws IOException {
        create();
        Files.writeString(folder.resolve("backups/backups.json"), "{\"version\":1,");

        var run = cli.run("backup", "list", "backups", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("remedy").asText()).contains("the backup files do not depend on it");
    }

    @Test
    void printsThePlanOfARestoreAndChangesNothing() {
        var file = create().get(1);

        var refused = cli.run("backup", "restore", file.toString(), "--node", "2", "--json");
        var dry = cli.run("backup", "restore", file.toString(), "--node", "2", "--replace", "--dry-run", "--json");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.problem().path("code").asText()).isEqualTo("TARGET_NOT_EMPTY");
        assertThat(dry.json().path("dryRun").asBoolean()).isTrue();
        assertThat(dry.json().path("keys").get(0).path("restorable").asBoolean()).isTrue();
        assertThat(dry.json().path("masterKey").asText()).isEqualTo("ab12");
        assertThat(cli.backups.restored).isEmpty();
    }

    @Test
    void restoresTheNodeWhoseFileItIs() throws IOException {
        var files = create();
        Files.delete(folder.resolve("quorate-cluster/node-2/data"));

        var wrong = cli.run("backup", "restore", files.get(0).toString(), "--node", "2", "--json");
        var right = cli.run("backup", "restore", files.get(1).toString(), "--node", "2", "--json");

        assertThat(wrong.problem().path("code").asText()).isEqualTo("BACKUP_NODE");
        assertThat(right.code()).isZero();
        assertThat(right.json().path("ok").asBoolean()).isTrue();
        assertThat(cli.backups.restored).containsExactly(files.get(1));
    }

    @Test
    void asksOnATerminalBeforeItReplacesADatabase() {
        var file = create().get(1).toString();

        assertThat(cli.typing("no\n").run("backup", "restore", file, "--node", "2", "--replace").code()).isEqualTo(1);
        assertThat(cli.backups.restored).isEmpty();
        assertThat(cli.typing("node-2\n").run("backup", "restore", file, "--node", "2", "--replace").code())
                .isZero();
        assertThat(cli.backups.restored).hasSize(1);
    }

    @Test
    void doesNotRestoreUnderARunningNode() {
        var file = create().get(1).toString();
        cli.run("cluster", "up", "quorate-cluster", "--detach");

        var run = cli.run("backup", "restore", file, "--node", "2", "--replace", "--json");

        assertThat(run.problem().path("code").asText()).isEqualTo(ProblemCode.NODE_RUNNING.name());
        assertThat(cli.backups.restored).isEmpty();
    }

    @Test
    void listsRequirementsAlsoOfANodeThatIsDown() {
        cli.nodes.node(3).close();

        var run = cli.run("backup", "requirements", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("nodes")).hasSize(3);
        assertThat(run.json().path("nodes").get(2).path("requirements").get(0).path("where").asText())
                .isEqualTo("beside node.toml");
        assertThat(run.json().path("ok").asBoolean()).isFalse();
        assertThat(cli.run("backup", "requirements").out()).contains("WARNING: same disk");
    }

    private List<String> names(String where) throws IOException {
        try (var files = Files.list(folder.resolve(where))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
