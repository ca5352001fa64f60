package quorate.node.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster.Progress;
import quorate.node.StoppedCluster;
import quorate.node.StorageSettings;
import quorate.node.identity.Statements;
import quorate.store.MasterKeySource;

class BackupVerificationTest {
    @TempDir
    Path folder;

    private StoppedCluster cluster;

    @BeforeEach
    void makeCluster() throws Exception {
        cluster = StoppedCluster.in(folder);
    }

    @Test
    void findsNothingWrongWithAConsistentSet() throws Exception {
        cluster.generate("treasury");
        var files = backups("one");

        var report = verify(files);

        assertThat(report.findings()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.files()).allMatch(VerificationReport.CheckedFile::sharesOpened).hasSize(3);
        assertThat(report.files().getFirst().contents().orElseThrow().backupId()).isEqualTo("one");
        assertRestorable(report, "treasury", true);
    }

    @Test
    void leavesSharesUnopenedWithoutTheMasterKey() throws Exception {
        cluster.generate("treasury");

        var report = verify(backups("one"), player -> player == 2 ? Optional.empty() : masterKey(player));

        assertThat(report.ok()).isTrue();
        assertThat(report.files().stream().map(VerificationReport.CheckedFile::sharesOpened))
                .containsExactly(true, false, true);
    }

    @Test
    void saysThatThresholdFilesAreEnoughAndFewerAreNot() throws Exception {
        cluster.generate("treasury");
        var files = backups("one");

        assertRestorable(verify(files.subList(1, 3)), "treasury", true);
        assertRestorable(verify(files.subList(0, 1)), "treasury", false);
    }

    @Test
    void namesTheFileThatLacksAKey() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(1, key, Progress.CLEAN);
        cluster.store(3, key, Progress.CLEAN);
        var files = backups("one");

        var report = verify(files);

        assertFinding(report, files.get(1), 2, Optional.of("treasury"), ProblemCode.BACKUP_INCONSISTENT);
        assertRestorable(report, "treasury", true);
    }

    @Test
    void namesTheFileOfAnUnfinishedKey() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(1, key, Progress.CLEAN);
        cluster.store(2, key, Progress.COMMITTED);
        cluster.store(3, key, Progress.CLEAN);
        var files = backups("one");

        var report = verify(files);

        assertFinding(report, files.get(1), 2, Optional.of("treasury"), ProblemCode.BACKUP_INCONSISTENT);
        assertRestorable(report, "treasury", true);
    }

    @Test
    void doesNotCallAKeyRestorableThatWasNowhereFinished() throws Exception {
        var key = cluster.deal("treasury", 0);
        for (int player = 1; player <= 3; player++) {
            cluster.store(player, key, Progress.PENDING);
        }

        var report = verify(backups("one"));

        assertThat(report.findings()).hasSize(3);
        assertRestorable(report, "treasury", false);
    }

    @Test
    void namesTheFileOfAnOlderSharing() throws Exception {
        var old = cluster.deal("treasury", 0);
        var next = resharedOf(old);
        cluster.store(1, old, Progress.CLEAN);
        cluster.store(2, next, Progress.CLEAN);
        cluster.store(3, next, Progress.CLEAN);
        var files = backups("one");

        var report = verify(files);

        assertThat(report.findings()).allMatch(finding -> finding.file().equals(files.get(0)));
        assertFinding(report, files.get(0), 1, Optional.of("treasury"), ProblemCode.BACKUP_INCONSISTENT);
        assertRestorable(report, "treasury", true);
        assertRestorable(verify(files.subList(0, 2)), "treasury", false);
    }

    @Test
    void namesTwoFilesOfOnePlayer() throws Exception {
        cluster.generate("treasury");
        var first = cluster.backup(2, "one");
        var second = cluster.backup(2, "two");

        var report = verify(List.of(first, second));

        assertFinding(report, second, 2, Optional.empty(), ProblemCode.BACKUP_INCONSISTENT);
        assertRestorable(report, "treasury", false);
    }

    @Test
    void refusesAFileOfAnotherCluster() throws Exception {
        cluster.generate("treasury");
        var other = StoppedCluster.in(Files.createDirectory(folder.resolve("other")));
        other.generate("treasury");
        var foreign = other.backup(3, "one");
        var own = cluster.backup(1, "one");

        var report = verify(List.of(own, foreign), player -> Optional.empty());
        assertFinding(report, foreign, 3, Optional.empty(), ProblemCode.BACKUP_NODE);
        assertRestorable(report, "treasury", false);

        var withoutRoster = new BackupVerification(
                        new Statements(),
                        Optional.empty(),
                        player -> Optional.empty(),
                        SpoolPlace.TEMPORARY,
                        StoppedCluster.RANDOM)
                .verify(List.of(own, foreign));
        assertFinding(withoutRoster, foreign, 3, Optional.empty(), ProblemCode.BACKUP_INCONSISTENT);
    }

    @Test
    void namesAFileThatTheMasterKeyDoesNotOpen() throws Exception {
        cluster.generate("treasury");
        var files = backups("one");

        var report = verify(files, player -> masterKey(player == 2 ? 3 : player));

        assertFinding(report, files.get(1), 2, Optional.empty(), ProblemCode.BACKUP_MASTER_KEY);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.files().get(1).sharesOpened()).isFalse();
    }

    @Test
    void doesNotBlameTheFileForABadMasterKeyFile() throws Exception {
        cluster.generate("treasury");
        var file = cluster.backup(1, "one");
        var empty = Files.createFile(folder.resolve("empty.key"));

        var report = verify(List.of(file), player -> Optional.of(new MasterKeySource.KeyFile(empty)));

        assertFinding(report, file, 1, Optional.empty(), ProblemCode.BACKUP_MASTER_KEY);
    }

    @Test
    void namesTheKeyWhoseShareDoesNotFit() throws Exception {
        cluster.generate("payroll");
        var key = cluster.deal("treasury", 0);
        cluster.store(1, key, Progress.CLEAN);
        cluster.store(2, key, StoppedCluster.otherShare(key.share(2)), Progress.CLEAN);
        cluster.store(3, key, Progress.CLEAN);
        var files = backups("one");

        var report = verify(files);

        assertFinding(report, files.get(1), 2, Optional.of("treasury"), ProblemCode.BACKUP_SHARE);
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void namesTheKeyWhoseRecordContradictsItselfAndBringsBackTheOthers() throws Exception {
        cluster.generate("payroll");
        cluster.generate("treasury");
        cluster.spoil(2, "treasury");
        var files = List.of(cluster.backup(1, "one"), cluster.backup(2, "one"));

        var report = verify(files);

        assertFinding(report, files.get(1), 2, Optional.of("treasury"), ProblemCode.BACKUP_SHARE);
        assertThat(report.findings()).singleElement().satisfies(finding -> assertThat(finding.reason())
                .contains("DKG-7")
                .contains("the public key is not A_0"));
        assertRestorable(report, "payroll", true);
        assertRestorable(report, "treasury", false);
        assertRestorable(verify(files.subList(1, 2)), "treasury", false);
    }

    @Test
    void goesOnAfterAFileThatIsNone() throws Exception {
        cluster.generate("treasury");
        var files = backups("one");
        var whole = Files.readAllBytes(files.get(1));
        Files.write(files.get(1), Arrays.copyOf(whole, whole.length / 2));

        var report = verify(files);

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo(ProblemCode.BACKUP_TRUNCATED))
                .satisfies(finding -> assertThat(finding.file()).isEqualTo(files.get(1)));
        assertThat(report.files().get(1).contents()).isEmpty();
        assertRestorable(report, "treasury", true);
    }

    @Test
    void refusesASignedFileWhoseContentIsNoDatabase() throws Exception {
        cluster.generate("treasury");
        var file = cluster.backup(2, "one");
        sign(file, new byte[] {1, 2, 3});

        assertRefusedAsAWhole(file);
    }

    @Test
    void refusesASignedFileWithAViewInPlaceOfATable() throws Exception {
        cluster.generate("treasury");
        var file = cluster.backup(2, "one");
        var content = folder.resolve("content.db");
        try (var out = Files.newOutputStream(content)) {
            BackupFile.read(file, new Statements()).copyContent(out);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + content);
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF; "
                    + "ALTER TABLE key RENAME TO kept; CREATE VIEW key AS SELECT * FROM kept");
        }
        sign(file, Files.readAllBytes(content));

        assertRefusedAsAWhole(file);
    }

    /** Puts other content into a file of node 2, as whoever has its statement key can. */
    private void sign(Path file, byte[] content) throws Exception {
        var manifest = BackupFile.read(file, new Statements()).manifest();
        var forged = new BackupManifest(
                manifest.format(),
                manifest.backupId(),
                manifest.player(),
                manifest.nodeId(),
                manifest.createdAt(),
                manifest.software(),
                manifest.schema(),
                manifest.database(),
                manifest.masterKey(),
                manifest.threshold(),
                manifest.roster(),
                manifest.keys(),
                manifest.unsound(),
                content.length,
                HexFormat.of().formatHex(BackupFile.sha256().digest(content)));
        try (var out = Files.newOutputStream(file)) {
            BackupFile.write(
                    out, forged, cluster.setup(2).identity().statements(), new ByteArrayInputStream(content));
        }
    }

    private void assertRefusedAsAWhole(Path file) throws Exception {
        var report = verify(List.of(file));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo(ProblemCode.BACKUP_FORMAT));
        assertThat(report.keys()).isEmpty();
    }

    /** The same public key in another sharing cannot be made here without a protocol; another key shows the same. */
    private StoppedCluster.Dealt resharedOf(StoppedCluster.Dealt old) {
        return cluster.deal(old.description().keyId(), 1);
    }

    private List<Path> backups(String backupId) {
        return List.of(cluster.backup(1, backupId), cluster.backup(2, backupId), cluster.backup(3, backupId));
    }

    private VerificationReport verify(List<Path> files) throws Exception {
        return verify(files, this::masterKey);
    }

    private VerificationReport verify(List<Path> files, IntFunction<Optional<MasterKeySource>> masterKeys)
            throws Exception {
        return new BackupVerification(
                        new Statements(),
                        Optional.of(cluster.setup(1).roster()),
                        masterKeys,
                        SpoolPlace.TEMPORARY,
                        StoppedCluster.RANDOM)
                .verify(files);
    }

    private Optional<MasterKeySource> masterKey(int player) {
        return Optional.of(StorageSettings.masterKey(cluster.setup(player).config().masterKey()));
    }

    private static void assertFinding(
            VerificationReport report, Path file, int player, Optional<String> keyId, ProblemCode code) {
        assertThat(report.ok()).isFalse();
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).as(finding.reason()).isEqualTo(code);
            assertThat(finding.file()).isEqualTo(file);
            assertThat(finding.player()).contains(player);
            assertThat(finding.keyId()).isEqualTo(keyId);
            assertThat(finding.remedy()).isNotEmpty();
        });
    }

    private static void assertRestorable(VerificationReport report, String keyId, boolean restorable) {
        assertThat(report.keys()).anySatisfy(key -> {
            assertThat(key.keyId()).isEqualTo(keyId);
            assertThat(key.restorable()).as(key.why()).isEqualTo(restorable);
        });
    }
}
