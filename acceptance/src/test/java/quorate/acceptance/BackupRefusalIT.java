package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows 10 and 11 of the ways back: backup files that bring nothing back say so, and change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupRefusalIT {
    /** Far behind manifest and signature. */
    private static final double IN_THE_CONTENT = 0.75;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Backup backup;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path earlier;

    @BeforeAll
    void backUpBeforeAndAfterAKeyIsMadeAndStopNode2(@TempDir Path folder) throws IOException {
        work = folder;
        cluster = Cluster.up(work);
        earlier = work.resolve("earlier-node-3.qbk");
        try (var out = Files.newOutputStream(earlier)) {
            cluster.clients().admin(3).backup("earlier", out, Duration.ofSeconds(30));
        }
        cluster.generate("ed25519", "treasury");
        backup = cluster.backUp();
        cluster.stop(2);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void damagedFileIsRefused() throws IOException {
        var bytes = Files.readAllBytes(file(2));
        bytes[(int) (bytes.length * IN_THE_CONTENT)] ^= 1;
        assertRefused(Files.write(work.resolve("damaged.qbk"), bytes), "BACKUP_DIGEST");
    }

    @Test
    void truncatedFileIsRefused() throws IOException {
        var bytes = Files.readAllBytes(file(2));
        var truncated = Arrays.copyOf(bytes, (int) (bytes.length * IN_THE_CONTENT));
        assertRefused(Files.write(work.resolve("truncated.qbk"), truncated), "BACKUP_TRUNCATED");
    }

    @Test
    void anotherNodesFileIsRefused() throws IOException {
        assertRefused(file(1), "BACKUP_NODE");
    }

    @Test
    void fileThatWasNeverCompletedIsRefused() throws IOException {
        assertRefused(Files.copy(file(2), work.resolve("backup.qbk.incomplete")), "BACKUP_INCOMPLETE");
    }

    @Test
    void fileForAnotherMasterKeyIsRefused() throws IOException {
        var masterKey = cluster.folder().node(2).resolve("master.key");
        var right = Files.readAllBytes(masterKey);
        Files.write(masterKey, Files.readAllBytes(cluster.folder().node(1).resolve("master.key")));
        try {
            assertRefused(file(2), "BACKUP_MASTER_KEY");
        } finally {
            Files.write(masterKey, right);
        }
    }

    @Test
    void databaseIsNotReplacedUnlessToldSo() throws IOException {
        var before = Files.readAllBytes(database());
        cluster.run("backup", "restore", file(2).toString(), "--node", "2").refused("TARGET_NOT_EMPTY");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
    }

    @Test
    void keyThatOneFileLacksIsNamed() {
        var verified = cluster.run(
                "backup", "verify", file(1).toString(), file(2).toString(), earlier.toString());
        verified.refused("BACKUP_INCONSISTENT");
        var report = verified.json();
        assertThat(report.path("ok").asBoolean(true)).isFalse();
        var findings = StreamSupport.stream(report.path("files").spliterator(), false)
                .filter(file -> file.path("file").asText().equals(earlier.toString()))
                .flatMap(file -> StreamSupport.stream(file.path("findings").spliterator(), false))
                .toList();
        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.path("code").asText()).isEqualTo("BACKUP_INCONSISTENT");
            assertThat(finding.path("keyId").asText()).isEqualTo("treasury");
        });
        var keys = report.path("keys");
        assertThat(keys.findValuesAsText("keyId")).containsExactly("treasury");
        assertThat(keys.findValuesAsText("restorable")).as("two shares of three").containsExactly("true");
    }

    private void assertRefused(Path file, String code) throws IOException {
        var before = Files.readAllBytes(database());
        for (var option : List.of("--dry-run", "--yes")) {
            cluster.run("backup", "restore", file.toString(), "--node", "2", "--replace", option).refused(code);
        }
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
        assertThat(cluster.folder().data(2)).isDirectoryNotContaining("glob:**replaced-*");
    }

    private Path file(int node) {
        return Path.of(backup.file(node));
    }

    private Path database() {
        return cluster.folder().data(2).resolve("quorate.db");
    }
}
