package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void backsUpPlainlyWithAWarning() {
        var run = cli.run("share", "backup", "--key", "k1", "--node", "2", "--out", "f");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("key         k1, epoch 3").contains("protection  plain");
        assertThat(run.err()).contains("warning: whoever reads");
        assertThat(cli.shares.asked).containsExactly("backup node-2 k1 plain ");
    }

    @Test
    void backsUpUnderAPasswordAndForAConfigurationFile() {
        var run = cli.run(
                "share", "backup", "--key", "k1", "--node-config", "n/node.toml", "--out", "f", "--password-file", "p",
                "--label", "old", "--json");

        assertThat(run.json().path("keyId").asText()).isEqualTo("k1");
        assertThat(run.json().path("epoch").asLong()).isEqualTo(3);
        assertThat(run.json().path("node").asInt()).isEqualTo(2);
        assertThat(run.json().path("protection").asText()).isEqualTo("password");
        assertThat(run.json().has("recipient")).isFalse();
        assertThat(cli.shares.asked).containsExactly("backup n k1 password old");
    }

    @Test
    void asksTheNodeItselfForASealedFileWhenItIsNamedByItsConfiguration() {
        var run = cli.run(
                "share", "backup", "--key", "k1", "--node-config", "n/node.toml", "--out", "f", "--recipient", "r.pem");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("2048 bits");
        assertThat(cli.shares.asked).containsExactly("backup n k1 rsa ");
    }

    @Test
    void overwritesNoFile() throws IOException {
        Files.writeString(folder.resolve("f"), "precious");

        var run = cli.run("share", "backup", "--key", "k1", "--node", "2", "--out", "f", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("FILE_SYSTEM");
        assertThat(folder.resolve("f")).hasContent("precious");
        assertThat(cli.shares.asked).isEmpty();
    }

    @Test
    void verifiesAndSaysWhatItDidNotCheck() throws IOException {
        Files.writeString(folder.resolve("f"), "");

        assertThat(cli.run("share", "verify", "f").err()).contains("was not checked");
        assertThat(cli.run("share", "verify", "f", "--password-file", "p", "--node", "2").out())
                .contains("lies on its public commitment");
        assertThat(cli.run("share", "verify", "g", "--json").problem().path("code").asText())
                .isEqualTo("BACKUP_TRUNCATED");
        assertThat(cli.shares.asked).containsExactly("verify false false", "verify true true");
    }

    @Test
    void plansBeforeItRestores() {
        var run = cli.run("share", "restore", "--node", "2", "--in", "f", "--json");

        assertThat(run.json().path("outcome").asText()).isEqualTo("restored");
        assertThat(cli.shares.asked)
                .containsExactly("restore node-2 f false false true", "restore node-2 f false false false");
    }

    @Test
    void changesNothingInADryRun() {
        var run = cli.run("share", "restore", "g", "--node-config", "n/node.toml", "--dry-run");

        assertThat(run.out()).contains("would be restored");
        assertThat(cli.shares.asked).containsExactly("restore n g false false true");
    }

    @Test
    void wantsTheNameOfTheKeyBeforeItForcesAnOldShareBack() {
        var refused = cli.typing("k2\n")
                .run("share", "restore", "--node", "2", "--in", "f", "--replace", "--force-older-epoch");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("CONFIRMATION");

        var done = cli.typing("k1\n")
                .run("share", "restore", "--node", "2", "--in", "f", "--replace", "--force-older-epoch");
        assertThat(done.out()).contains("put back by force");
        assertThat(done.err()).contains("quorate key repair k1 --node 2");
    }

    @Test
    void listsAKeyInAConfiguration() {
        var run = cli.run("node", "allow", "--config", "node.toml", "--share-backup-key", "r.pem", "--json");

        assertThat(run.json().path("shareBackupKey").asText()).isEqualTo("cd34");
    }
}
