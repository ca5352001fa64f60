package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Drill;
import quorate.api.ProblemCode;
import quorate.cli.CommandLineFixture.Run;
import quorate.testkit.http.FakeNode;

class BackupDrillTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @SuppressWarnings("NullAway.Init") // made before each test
    private List<String> files;

    @BeforeEach
    void makeABackup() {
        cli = new CommandLineFixture(folder).withCluster();
        cli.key("k1");
        files = new ArrayList<>();
        cli.run("backup", "create", "--out", "backups", "--json")
                .json()
                .path("files")
                .forEach(file -> files.add(file.path("file").asText()));
    }

    @AfterEach
    void nothingOfADrillIsLeft() {
        assertThat(cli.scratch.folders).noneMatch(Files::exists);
        assertThat(cli.starter.started()).noneMatch(Process::isAlive);
        cli.close();
    }

    private Run drill(String... arguments) {
        var all = new ArrayList<>(List.of("backup", "drill", "--json"));
        all.addAll(List.of(arguments));
        return cli.run(all.toArray(String[]::new));
    }

    private Run drillAll() {
        return drill(files.toArray(String[]::new));
    }

    @Test
    void restoresSignsAndTellsEveryNode() {
        var drilled = drillAll();

        assertThat(drilled.code()).isZero();
        assertThat(drilled.json().path("ok").asBoolean()).isTrue();
        assertThat(drilled.json().path("files")).hasSize(3);
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,2,3]");
        var key = drilled.json().path("keys").get(0);
        assertThat(key.path("keyId").asText()).isEqualTo("k1");
        assertThat(key.path("restorable").asBoolean()).isTrue();
        assertThat(key.path("why").asText()).isEqualTo("nodes [1, 2] and [1, 3] signed at epoch 0");
        assertThat(cli.starter.started()).hasSize(3);
        assertThat(cli.backups.restored).hasSize(3);
        for (int player = 1; player <= 3; player++) {
            assertThat(cli.nodes.status(player).lastDrill())
                    .extracting(Drill::detail)
                    .isEqualTo("nodes [1, 2, 3] restored, 1 of 1 keys signed");
        }
        assertThat(cli.run("status").out()).contains("last drill: backup ").contains(" good, 2026-11-22T09:30:00Z");
        for (var list : List.of(List.of("backup", "list"), List.of("backup", "list", "backups"))) {
            assertThat(cli.run(list.toArray(String[]::new)).out()).contains("  drill good ");
        }
    }

    @Test
    void namesTheNodeThatFewerFilesLeaveUntested() {
        var drilled = drill(files.get(0), files.get(2));

        assertThat(drilled.code()).isZero();
        var key = drilled.json().path("keys").get(0);
        assertThat(key.path("signedBy").toString()).isEqualTo("[[1,3]]");
        assertThat(key.path("untested").toString())
                .isEqualTo("[{\"node\":2,\"reason\":\"no backup file of node 2 was named\","
                        + "\"remedy\":\"Name its file as well.\"}]");
    }

    @Test
    void saysThatOneFileSignsNothing() {
        var drilled = drill(files.get(1));

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.problem().path("code").asText()).isEqualTo("DRILL_FAILED");
        assertThat(drilled.json().path("keys").get(0).path("why").asText())
                .isEqualTo("nothing could be signed: nodes [2] were restored, 2 of players [1, 2, 3] are needed");
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    void failsForADamagedFileAndDrillsTheOthers() throws IOException {
        Files.writeString(Path.of(files.get(1)), "cut off");

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.problem().path("detail").asText()).startsWith("BACKUP_DIGEST");
        assertThat(drilled.json().path("keys").get(0).path("signedBy").toString()).isEqualTo("[[1,3]]");
        assertThat(drilled.json().path("ok").asBoolean(true)).isFalse();
    }

    @Test
    void namesTheNodeWhoseMasterKeyIsAnother() {
        cli.backups.lockedUp.add(2);

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.problem().path("detail").asText()).contains("BACKUP_MASTER_KEY");
        assertThat(drilled.json().path("notRestored").get(0).path("node").asInt()).isEqualTo(2);
        assertThat(drilled.json().path("keys").get(0).path("untested").get(0).path("reason").asText())
                .isEqualTo("BACKUP_MASTER_KEY: another master key");
    }

    @Test
    void refusesAFileThatIsNotThereAndRecordsNothing() {
        var drilled = drill(files.get(0), "gone.qbk");

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.problem().path("code").asText()).isEqualTo("FILE_SYSTEM");
        assertThat(cli.nodes.status(1).lastDrill()).isNull();
    }

    @Test
    void namesANodeThatIsNotConfiguredHere() throws IOException {
        var clusterFile = folder.resolve("quorate-cluster/cluster.toml");
        Files.writeString(
                clusterFile, Files.readString(clusterFile).replace("config = \"node-3/node.toml\"", ""));

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.json().path("restored").toString()).isEqualTo("[1,2]");
        assertThat(drilled.problem().path("detail").asText())
                .isEqualTo("node 3: CONFIGURATION: node 3 has no configuration here, so neither identity nor master key");
        assertThat(drilled.json().path("keys").get(0).path("signedBy").toString()).isEqualTo("[[1,2]]");
    }

    @Test
    void failsWhenNodesDoNotSignTogether() {
        cli.nodes
                .node(3)
                .when("POST /v1/keys/k1/signatures", FakeNode.problem(ProblemCode.PEER_MISBEHAVED, "caught: [3]"));

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        var key = drilled.json().path("keys").get(0);
        assertThat(key.path("restorable").asBoolean()).isTrue();
        assertThat(key.path("failures").get(0).path("nodes").toString()).isEqualTo("[1,3]");
        assertThat(drilled.problem().path("detail").asText()).contains("key k1: ").contains("PEER_MISBEHAVED");
    }

    @Test
    void namesEveryKeyWhenTheNodesDoNotStart() {
        cli.scratch.text = "broken";

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.json().path("keys").get(0).path("why").asText())
                .startsWith("NODE_NOT_STARTED: node 1 ended with exit code 7");
    }

    @Test
    void namesEveryKeyWhenARestoredNodeDoesNotAnswer() {
        cli.nodes.node(2).when("GET /v1/keys", FakeNode.problem(ProblemCode.STORAGE_FAILED, "disk full"));

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.json().path("keys").get(0).path("why").asText()).isEqualTo("STORAGE_FAILED: disk full");
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    void beginsNoKeyAfterTheTimeout() {
        cli.nodes.node(1).when("GET /v1/status", (call, exchange) -> {
            Thread.sleep(1200);
            FakeNode.ok(cli.nodes.status(1)).to(call, exchange);
        });
        files.addAll(List.of("--timeout", "1s"));

        var drilled = drillAll();

        assertThat(drilled.code()).isEqualTo(1);
        assertThat(drilled.json().path("keys").get(0).path("why").asText()).isEqualTo("not reached within 1 s");
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    void nodeThatIsToEndWithItsParentDoesNotStartWithoutIt() {
        var notTheParent = String.valueOf(ProcessHandle.current().pid());

        var run = cli.run("node", "run", "--config", "node.toml", "--until-exit-of", notTheParent);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("NODE_NOT_STARTED").contains("has ended");
    }

    @Test
    void saysWhichNodeWasNotTold() {
        var record = "POST /v1/backups/" + backupId() + "/drills";
        cli.nodes.node(2).when(record, FakeNode.problem(ProblemCode.STORAGE_FAILED, "disk full"));

        var drilled = drillAll();

        assertThat(drilled.code()).isZero();
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,3]");
        assertThat(drilled.json().path("notRecorded").get(0).path("code").asText()).isEqualTo("STORAGE_FAILED");

        cli.nodes.nodes().forEach(node ->
                node.when(record, FakeNode.problem(ProblemCode.STORAGE_FAILED, "disk full")));
        var unknown = drillAll();
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.problem().path("code").asText()).isEqualTo("DRILL_NOT_RECORDED");
    }

    @Test
    void comparesWithWhatTheLiveNodesHave() {
        cli.key("k2");
        cli.run("key", "delete", "k1", "--node", "3", "--yes");
        cli.nodes.node(3).when("GET /v1/keys/k1", FakeNode.problem(ProblemCode.KEY_DELETED, "deleted"));

        var drilled = drill(files.get(0), files.get(1));

        assertThat(drilled.json().path("notInBackup").toString()).isEqualTo("[\"k2\"]");
        assertThat(drilled.json().path("keys").get(0).path("live").path("state").asText()).isEqualTo("deleted");
    }

    @Test
    void speaksToPeopleOfWhatToDo() {
        var drilled = cli.run("backup", "drill", files.getFirst());

        assertThat(drilled.out())
                .contains("key k1  does NOT sign: nothing could be signed")
                .contains("node 2 not tested: no backup file of node 2 was named")
                .contains("what to do: Name its file as well.");
        assertThat(drilled.err()).contains("error DRILL_FAILED");
    }

    private String backupId() {
        return cli.nodes.backups(1).getFirst().backupId();
    }
}
