package quorate.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster.Progress;
import quorate.node.StoppedCluster;
import quorate.node.backup.RestorePlan.Fate;
import quorate.node.backup.RestorePlan.PlannedKey;
import quorate.store.Database;
import quorate.store.DatabaseMissing;
import quorate.store.KeyState;
import quorate.store.Role;

class BackupRestoreTest {
    @TempDir
    Path folder;

    private StoppedCluster cluster;

    @BeforeEach
    void makeCluster() throws Exception {
        cluster = StoppedCluster.in(folder);
    }

    @Test
    void bringsBackALostDatabaseWithANewIncarnation() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var before = dbi(2);
        cluster.lose(2);

        try (var restore = cluster.target(2).open(file, Optional.empty(), false)) {
            assertThat(restore.plan().replaces()).isFalse();
            assertThat(restore.plan().keys()).containsExactly(new PlannedKey("treasury", 0, Fate.RESTORED));
            restore.carryOut();
        }

        assertThat(dbi(2)).isNotEqualTo(before);
        assertHolds(2, key);
    }

    @Test
    void refusesTheBackupOfAnotherNode() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);

        assertRefused(3, cluster.backup(2, "one"), Optional.empty(), false, ProblemCode.BACKUP_NODE);
    }

    @Test
    void refusesTheBackupOfAnotherCluster() throws Exception {
        var other = StoppedCluster.in(Files.createDirectory(folder.resolve("other")));
        other.store(2, other.deal("treasury", 0), Progress.CLEAN);

        assertRefused(2, other.backup(2, "one"), Optional.empty(), false, ProblemCode.BACKUP_NODE);
    }

    @Test
    void refusesAMasterKeyThatDoesNotOpenTheBackup() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");
        cluster.lose(2);
        Files.writeString(
                cluster.setup(2).config().masterKey().file(),
                Base64.getEncoder().encodeToString(new byte[32]),
                StandardCharsets.US_ASCII);

        assertRefused(2, file, Optional.empty(), false, ProblemCode.BACKUP_MASTER_KEY);
    }

    @Test
    void refusesABackupWhoseShareDoesNotFitItsKey() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, StoppedCluster.otherShare(key.share(2)), Progress.CLEAN);

        assertRefused(2, cluster.backup(2, "one"), Optional.empty(), true, ProblemCode.BACKUP_SHARE);
    }

    @Test
    void replacesADatabaseOnlyWhenTold() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var later = cluster.deal("payroll", 0);
        cluster.store(2, later, Progress.CLEAN);

        assertRefused(2, file, Optional.empty(), false, ProblemCode.TARGET_NOT_EMPTY);
        assertHolds(2, later);

        try (var restore = cluster.target(2).open(file, Optional.empty(), true)) {
            assertThat(restore.plan().replaces()).isTrue();
            assertThat(restore.plan().keys())
                    .containsExactlyInAnyOrder(
                            new PlannedKey("treasury", 0, Fate.UNCHANGED), new PlannedKey("payroll", 0, Fate.LOST));
            restore.carryOut();
        }

        try (var database = cluster.open(2);
                var files = Files.list(cluster.data(2))) {
            assertThat(database.keys().find("payroll")).isEmpty();
            assertThat(files.map(path -> path.getFileName().toString())).anyMatch(name -> name.startsWith("replaced-"));
        }
    }

    @Test
    void saysWhichShareIsStaleAfterwards() throws Exception {
        var old = cluster.deal("treasury", 0);
        cluster.store(2, old, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        reshare(2, old, cluster.deal("treasury", 1));

        try (var restore = cluster.target(2).open(file, Optional.empty(), true)) {
            assertThat(restore.plan().keys()).containsExactly(new PlannedKey("treasury", 0, Fate.STALE));
        }
    }

    @Test
    void saysWhichKeyIsUnfinished() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.PENDING);
        var file = cluster.backup(2, "one");
        cluster.lose(2);

        try (var restore = cluster.target(2).open(file, Optional.empty(), false)) {
            assertThat(restore.plan().keys()).containsExactly(new PlannedKey("treasury", 0, Fate.UNFINISHED));
        }
    }

    @Test
    void refusesWhileTheNodeRuns() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");

        try (var running = cluster.open(2)) {
            assertRefused(2, file, Optional.empty(), true, ProblemCode.NODE_RUNNING);
            assertRefused(2, file, Optional.of("treasury"), true, ProblemCode.NODE_RUNNING);
            assertThat(running.keys().find("treasury")).isPresent();
        }
    }

    @Test
    void changesNothingAtAllBeforeItIsCarriedOut() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var before = cluster.contents(2);

        cluster.target(2).open(file, Optional.empty(), true).close();
        cluster.target(2).open(file, Optional.of("treasury"), true).close();
        assertRefused(2, file, Optional.empty(), false, ProblemCode.TARGET_NOT_EMPTY);

        assertThat(cluster.contents(2)).isEqualTo(before);
    }

    @Test
    void restoresTheShareOfOneKey() throws Exception {
        var wanted = cluster.deal("treasury", 0);
        var other = cluster.deal("payroll", 0);
        cluster.store(2, wanted, Progress.CLEAN);
        cluster.store(2, other, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        cluster.lose(2);
        cluster.open(2).close();

        restoreShare(2, file, "treasury", false, Fate.RESTORED);

        assertHolds(2, wanted);
        try (var database = cluster.open(2)) {
            assertThat(database.keys().find("payroll")).isEmpty();
        }
    }

    @Test
    void leavesAShareThatIsThere() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var before = cluster.contents(2);

        restoreShare(2, file, "treasury", false, Fate.UNCHANGED);
        assertThat(cluster.contents(2)).isEqualTo(before);

        restoreShare(2, file, "treasury", true, Fate.RESTORED);
        assertHolds(2, key);
    }

    @Test
    void refusesAShareOfAnotherSharing() throws Exception {
        var old = cluster.deal("treasury", 0);
        cluster.store(2, old, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var next = cluster.deal(old, 1);
        reshare(2, old, next);

        assertRefused(2, file, Optional.of("treasury"), true, ProblemCode.SHARE_STALE);
        assertHolds(2, next);
    }

    @Test
    void doesNotMakeAStaleKeyUsableAgain() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        try (var database = cluster.open(2)) {
            database.shares().markStale("treasury", key.shareId());
        }

        assertRefused(2, file, Optional.of("treasury"), true, ProblemCode.SHARE_STALE);
        assertState(2, "treasury", KeyState.STALE);

        var staleFile = cluster.backup(2, "two");
        cluster.lose(2);
        cluster.open(2).close();
        assertRefused(2, staleFile, Optional.of("treasury"), true, ProblemCode.SHARE_STALE);
    }

    @Test
    void doesNotMakeAKeyUsableThatWasNotFinished() throws Exception {
        for (var progress : List.of(Progress.PENDING, Progress.COMMITTED)) {
            var keyId = progress.name().toLowerCase(Locale.ROOT);
            cluster.store(2, cluster.deal(keyId, 0), progress);
            var file = cluster.backup(2, keyId);

            assertRefused(2, file, Optional.of(keyId), true, ProblemCode.BACKUP_SHARE);
            assertState(2, keyId, KeyState.NEW);
        }
    }

    @Test
    void refusesAKeyThatTheBackupLacks() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);

        assertRefused(2, cluster.backup(2, "one"), Optional.of("payroll"), false, ProblemCode.KEY_NOT_FOUND);
    }

    @Test
    void refusesAKeyThatWasDeletedSince() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");
        try (var database = cluster.open(2)) {
            database.shares().delete("treasury", Optional.empty());
        }

        assertRefused(2, file, Optional.of("treasury"), true, ProblemCode.KEY_DELETED);
    }

    @Test
    void refusesAKeyWithAnOpenOperation() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        cluster.lose(2);
        cluster.store(2, key, Progress.COMMITTED);

        assertRefused(2, file, Optional.of("treasury"), true, ProblemCode.BUSY);
    }

    @Test
    void restoresTheOtherKeysBesideOneWhoseRecordContradictsItself() throws Exception {
        var treasury = cluster.deal("treasury", 0);
        cluster.store(2, treasury, Progress.CLEAN);
        var payroll = cluster.deal("payroll", 0);
        cluster.store(2, payroll, Progress.CLEAN);
        var sound = cluster.backup(2, "sound");
        cluster.spoil(2, "treasury");
        var spoilt = cluster.backup(2, "spoilt");
        cluster.lose(2);

        try (var restore = cluster.target(2).open(spoilt, Optional.empty(), false)) {
            assertThat(restore.plan().keys())
                    .containsExactly(
                            new PlannedKey("payroll", 0, Fate.RESTORED), new PlannedKey("treasury", 0, Fate.UNSOUND));
            restore.carryOut();
        }
        assertHolds(2, payroll);
        assertRefused(2, spoilt, Optional.of("treasury"), true, ProblemCode.BACKUP_SHARE);

        restoreShare(2, sound, "treasury", true, Fate.RESTORED);
        assertHolds(2, treasury);
    }

    @Test
    void restoresTheShareOfOneKeyOutOfABackupWhoseOtherShareDoesNotFit() throws Exception {
        var payroll = cluster.deal("payroll", 0);
        cluster.store(2, payroll, Progress.CLEAN);
        var treasury = cluster.deal("treasury", 0);
        cluster.store(2, treasury, StoppedCluster.otherShare(treasury.share(2)), Progress.CLEAN);

        restoreShare(2, cluster.backup(2, "one"), "payroll", true, Fate.RESTORED);

        assertHolds(2, payroll);
    }

    @Test
    void makesNoDatabaseForTheShareOfOneKey() throws Exception {
        cluster.store(2, cluster.deal("treasury", 0), Progress.CLEAN);
        var file = cluster.backup(2, "one");
        cluster.lose(2);
        var target = cluster.target(2);

        assertThatExceptionOfType(DatabaseMissing.class)
                .isThrownBy(() -> target.open(file, Optional.of("treasury"), false));
        assertThat(cluster.database(2)).doesNotExist();
    }

    @Test
    void listsWhatACrashLeftInTheLog() throws Exception {
        var key = cluster.deal("treasury", 0);
        cluster.store(2, key, Progress.CLEAN);
        var file = cluster.backup(2, "one");
        var crashed = Files.createDirectory(folder.resolve("crashed"));
        try (var database = cluster.open(2)) {
            reshare(database, key, cluster.deal(key, 1));
            for (var name : List.of("quorate.db", "quorate.db-wal")) {
                Files.copy(cluster.data(2).resolve(name), crashed.resolve(name));
            }
        }
        for (var name : List.of("quorate.db", "quorate.db-wal")) {
            var to = cluster.data(2).resolve(name);
            Files.deleteIfExists(to);
            Files.copy(crashed.resolve(name), to);
        }
        var before = cluster.contents(2);

        try (var restore = cluster.target(2).open(file, Optional.empty(), true)) {
            assertThat(restore.plan().keys()).containsExactly(new PlannedKey("treasury", 0, Fate.STALE));
        }
        assertThat(cluster.contents(2)).isEqualTo(before);
    }

    private void restoreShare(int player, Path file, String keyId, boolean replace, Fate fate) throws Exception {
        try (var restore = cluster.target(player).open(file, Optional.of(keyId), replace)) {
            assertThat(restore.plan().keys()).containsExactly(new PlannedKey(keyId, 0, fate));
            restore.carryOut();
        }
    }

    private void reshare(int player, StoppedCluster.Dealt from, StoppedCluster.Dealt to) {
        try (var database = cluster.open(player)) {
            reshare(database, from, to);
        }
    }

    private static void reshare(
            Database database, StoppedCluster.Dealt from, StoppedCluster.Dealt to) {
        int player = database.node().name().player();
        database.shares()
                .install(to.description(), to.key(player).stored(), to.share(player), Optional.of(from.shareId()));
    }

    private String dbi(int player) {
        try (var database = cluster.open(player)) {
            return database.node().dbi().hex();
        }
    }

    private void assertHolds(int player, StoppedCluster.Dealt key) {
        var keyId = key.description().keyId();
        try (var database = cluster.open(player)) {
            assertThat(database.keys().sharing(keyId, Role.ACTIVE).orElseThrow().sharing().shareId())
                    .isEqualTo(key.shareId());
            byte[] share = database.shares().use(keyId, key.shareId(), byte[]::clone);
            assertThat(share).isEqualTo(key.share(player));
        }
        assertState(player, keyId, KeyState.USABLE);
    }

    private void assertState(int player, String keyId, KeyState state) {
        try (var database = cluster.open(player)) {
            assertThat(database.keys().find(keyId).orElseThrow().state()).isEqualTo(state);
        }
    }

    private void assertRefused(int player, Path file, Optional<String> keyId, boolean replace, ProblemCode code) {
        var target = cluster.target(player);
        assertThatExceptionOfType(BackupRefused.class)
                .isThrownBy(() -> target.open(file, keyId, replace))
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }
}
