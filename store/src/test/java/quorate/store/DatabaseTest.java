package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.id;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opening does, and everything that it refuses. */
class DatabaseTest {
    @TempDir
    Path root;

    @Test
    void firstOpenCreatesEverythingOwnerOnly() throws Exception {
        var node = TestNode.in(root);
        try (var database = node.open()) {
            TestNode.generate(database, "k", 1);
            assertThat(database.node().name()).isEqualTo(new NodeName(2, id("node 2")));
            assertThat(database.node().startNo()).isEqualTo(1);
            assertThat(database.node().dbi().length()).isEqualTo(32);
            assertThat(database.node().derivation()).isEqualTo(new KeyDerivation.Direct());
            assertThat(database.node().createdAt()).isEqualTo(node.clock.instant());
            assertThat(database.fence()).isEqualTo(1);
            FilePermissions.requireOwnerOnly(root.resolve("data"), root.resolve("node.toml.lock"));
            try (var files = Files.list(root.resolve("data"))) {
                var all = files.toArray(Path[]::new);
                assertThat(all).hasSizeGreaterThanOrEqualTo(3);
                FilePermissions.requireOwnerOnly(all);
            }
        }
        assertThat(root.resolve("data/quorate.db")).exists();
        assertThat(root.resolve("data/quorate.db-wal")).doesNotExist();
        assertThat(root.resolve("data/quorate.db.new")).doesNotExist();
    }

    @Test
    void everyStartIsCountedAndTakesOwnership() {
        var node = TestNode.prepared(root);
        Bytes dbi;
        long start;
        long fence;
        try (var first = node.open()) {
            dbi = first.node().dbi();
            start = first.node().startNo();
            fence = first.fence();
        }
        try (var second = node.open()) {
            assertThat(second.node().dbi()).isEqualTo(dbi);
            assertThat(second.node().startNo()).isEqualTo(start + 1);
            assertThat(second.fence()).isEqualTo(fence + 1);
        }
    }

    @Test
    void newIncarnationTakesEffectAtTheNextStart() {
        var node = TestNode.prepared(root);
        Bytes drawn;
        try (var database = node.open()) {
            drawn = database.newDatabaseIncarnation();
            assertThat(database.node().dbi()).isNotEqualTo(drawn);
        }
        try (var database = node.open()) {
            assertThat(database.node().dbi()).isEqualTo(drawn);
        }
    }

    @Test
    void nodeSecretStaysAndIsWipedAfterUse() {
        var node = TestNode.prepared(root);
        byte[] kept;
        byte[] wiped;
        try (var database = node.open()) {
            kept = database.<byte[], RuntimeException>useNodeSecret(byte[]::clone);
            wiped = database.<byte[], RuntimeException>useNodeSecret(secret -> secret);
        }
        assertThat(kept).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(wiped).containsOnly(0);
        try (var database = node.open()) {
            assertThat(database.<byte[], RuntimeException>useNodeSecret(byte[]::clone)).isEqualTo(kept);
        }
    }

    @Test
    void refusesASecondOpenOfEitherLock() {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            database.checkOwner();
            assertThatThrownBy(node::open)
                    .isInstanceOf(AlreadyRunning.class)
                    .hasMessageContaining("node.toml.lock");
            var otherConfiguration = node.withConfigurationLock(root.resolve("other.toml.lock"));
            assertThatThrownBy(otherConfiguration::open)
                    .isInstanceOf(AlreadyRunning.class)
                    .hasMessageContaining("quorate.db.lock");
            database.checkOwner();
        }
        node.open().close();
    }

    @Test
    void refusesAMissingDatabaseUnlessItMayBeMade() {
        var node = TestNode.in(root).neverCreating();
        assertThatThrownBy(node::open)
                .isInstanceOf(DatabaseMissing.class)
                .hasMessageContaining("check the data folder in the configuration, or restore a backup");
        assertThat(root.resolve("data")).doesNotExist();
        FilePermissions.createFolder(root.resolve("data"));
        assertThatThrownBy(node::open).isInstanceOf(DatabaseMissing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorate.db-wal", "replaced-17.db", "notes.txt"})
    void neverMakesADatabaseBesideTheRemainsOfAnother(String remains) {
        var node = TestNode.in(root);
        FilePermissions.createFolder(root.resolve("data"));
        TestNode.write(root.resolve("data").resolve(remains), "x", "rw-------");
        assertThatThrownBy(node::open)
                .isInstanceOf(DatabaseMissing.class)
                .hasMessageContaining("this one holds [" + remains + "]");
        assertThat(root.resolve("data/quorate.db")).doesNotExist();
    }

    @Test
    void aCrashWhileCreatingLeavesNothingInTheWay() {
        var node = TestNode.in(root);
        FilePermissions.createFolder(root.resolve("data"));
        TestNode.write(root.resolve("data/quorate.db.new"), "half a database", "rw-------");
        TestNode.write(root.resolve("data/quorate.db.new-wal"), "and its log", "rw-------");
        try (var database = node.open()) {
            assertThat(database.node().startNo()).isEqualTo(1);
        }
        assertThat(root.resolve("data/quorate.db.new-wal")).doesNotExist();
    }

    @Test
    void refusesTheDatabaseOfAnotherNode() {
        var node = TestNode.prepared(root);
        node.open().close();
        var otherId = node.named(new NodeName(2, id("another node")));
        assertThatThrownBy(otherId::open)
                .isInstanceOf(ForeignDatabase.class)
                .hasMessageContaining(id("node 2").hex())
                .hasMessageContaining(id("another node").hex())
                .hasMessageEndingWith("nothing was changed");
        var otherPlayer = node.named(new NodeName(3, id("node 2")));
        assertThatThrownBy(otherPlayer::open)
                .isInstanceOf(ForeignDatabase.class)
                .hasMessageContaining("belongs to player 2")
                .hasMessageContaining("configured is player 3");
        node.open().close();
    }

    @Test
    void refusesAnotherSqliteFileAndLeavesItAsItIs() throws Exception {
        var node = TestNode.in(root);
        FilePermissions.createFolder(root.resolve("data"));
        FilePermissions.createFile(node.database());
        TestNode.tamper(node.database(), "CREATE TABLE t (a)");
        var before = Files.readAllBytes(node.database());
        assertThatThrownBy(node::open)
                .isInstanceOf(ForeignDatabase.class)
                .hasMessageContaining("is not a Quorate database");
        assertThat(Files.readAllBytes(node.database())).isEqualTo(before);
    }

    @Test
    void refusesATruncatedOrOverwrittenDatabase() throws Exception {
        var node = TestNode.prepared(root);
        node.open().close();
        Files.write(node.database(), new byte[0]);
        assertThatThrownBy(node::open).isInstanceOf(ForeignDatabase.class);
        Files.writeString(node.database(), "this is not SQLite, whatever its name says. ".repeat(100));
        assertThatThrownBy(node::open).isInstanceOf(Damaged.class).hasMessageContaining("quorate.db");
    }

    @Test
    void refusesADamagedPage() throws Exception {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            for (int i = 0; i < 20; i++) {
                TestNode.generate(database, "k" + i, i);
            }
        }
        try (var file = Files.newByteChannel(node.database(), StandardOpenOption.WRITE)) {
            file.position(file.size() - 4096);
            file.write(java.nio.ByteBuffer.wrap(new byte[4096]));
        }
        assertThatThrownBy(node::open).isInstanceOf(Damaged.class).hasMessageContaining("restore a backup");
    }

    @Test
    void refusesANewerSchema() {
        var node = TestNode.prepared(root);
        node.open().close();
        node.tamper(
                """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success) VALUES (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, '', 1, 1)
                """);
        assertThatThrownBy(node::open)
                .isInstanceOfSatisfying(NewerSchema.class, refusal -> {
                    assertThat(refusal.found()).isEqualTo(new SchemaVersion(1000));
                    assertThat(refusal.known()).isEqualTo(SchemaVersion.current());
                    assertThat(refusal.code()).isEqualTo("NEWER_SCHEMA");
                })
                .hasMessageContaining("has schema version 1000, this software knows up to ");
    }

    @Test
    void refusesTheWrongKeyFileNamingBothFingerprints() {
        var node = TestNode.prepared(root);
        String right;
        try (var database = node.open()) {
            right = database.node().masterKeyFingerprint();
        }
        var otherFile = root.resolve("other.key");
        SecretFile.createKey(otherFile, RANDOM);
        var other = new MasterKeySource.KeyFile(otherFile);
        var wrong = other.unlock(new KeyDerivation.Direct()).fingerprint();
        assertThatThrownBy(() -> node.withMasterKey(other).open())
                .isInstanceOfSatisfying(WrongMasterKey.class, refusal -> {
                    assertThat(refusal.expected()).isEqualTo(right);
                    assertThat(refusal.given()).isEqualTo(wrong);
                    assertThat(refusal.code()).isEqualTo("WRONG_MASTER_KEY");
                })
                .hasMessage("the database is sealed under the master key " + right
                        + ", the configured master key is " + wrong + "; configure the master key " + right);
        node.open().close();
    }

    @Test
    void passwordDatabaseOpensWithItsPasswordOnly() {
        var password = root.resolve("password");
        TestNode.write(password, "correct horse battery", "rw-------");
        var source = new MasterKeySource.PasswordFile(password);
        var node = TestNode.in(root, source);
        try (var database = node.open()) {
            assertThat(database.node().derivation()).isInstanceOf(KeyDerivation.Argon2id.class);
        }
        node.open().close();
        TestNode.write(password, "correct horse batterz", "rw-------");
        assertThatThrownBy(node::open).isInstanceOf(WrongMasterKey.class);
    }

    @Test
    void masterKeyCanBeChanged() {
        var node = TestNode.prepared(root);
        var next = root.resolve("next.key");
        SecretFile.createKey(next, RANDOM);
        var nextSource = new MasterKeySource.KeyFile(next);
        try (var database = node.open()) {
            TestNode.generate(database, "k", 5);
            assertThatThrownBy(() -> database.changeMasterKey(nextSource, nextSource))
                    .isInstanceOf(WrongMasterKey.class);
            database.changeMasterKey(node.settings.masterKey(), nextSource);
            assertThat(TestNode.shareOf(database, "k", "k/0")).isEqualTo(TestNode.share(5));
        }
        assertThatThrownBy(node::open).isInstanceOf(WrongMasterKey.class);
        try (var database = node.withMasterKey(nextSource).open()) {
            assertThat(TestNode.shareOf(database, "k", "k/0")).isEqualTo(TestNode.share(5));
        }
    }

    @Test
    void refusesADamagedDataKey() {
        var node = TestNode.prepared(root);
        node.open().close();
        node.tamper("UPDATE envelope SET sealed_data_key = zeroblob(61)");
        assertThatThrownBy(node::open)
                .isInstanceOf(Damaged.class)
                .hasMessage("the data key of the database is damaged; restore a backup");
    }

    @Test
    void refusesFilesAndFoldersOpenToOthers() {
        var node = TestNode.prepared(root);
        node.open().close();
        TestNode.chmod(node.database(), "rw-r--r--");
        assertThatThrownBy(node::open)
                .isInstanceOf(UnsafePermissions.class)
                .hasMessageContaining("run: chmod 600 " + node.database());
        TestNode.chmod(node.database(), "rw-------");
        TestNode.chmod(root.resolve("data"), "rwxr-x---");
        assertThatThrownBy(node::open)
                .isInstanceOf(UnsafePermissions.class)
                .hasMessageContaining("run: chmod 700 " + root.resolve("data"));
    }

    @Test
    void refusesADatabaseThatIsALink() throws Exception {
        var node = TestNode.prepared(root);
        node.open().close();
        var elsewhere = root.resolve("elsewhere.db");
        Files.move(node.database(), elsewhere);
        Files.createSymbolicLink(node.database(), elsewhere);
        assertThatThrownBy(node::open)
                .isInstanceOf(UnsafePermissions.class)
                .hasMessageContaining("is a symbolic link");
    }

    @Test
    void refusesNetworkFileSystemsByType() {
        for (var type : List.of("nfs", "nfs4", "CIFS", "smb3", "9p", "ceph", "fuse.sshfs", "fuse.glusterfs")) {
            assertThat(DataFolder.isNetwork(type)).as(type).isTrue();
        }
        for (var type : List.of("ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "apfs", "fuse.ext4")) {
            assertThat(DataFolder.isNetwork(type)).as(type).isFalse();
        }
        assertThat(new NetworkFileSystem(root, "nfs4"))
                .hasMessageContaining("is on a network file system (nfs4)")
                .satisfies(refusal -> assertThat(refusal.check()).contains("PSG-3"));
    }

    @Test
    void everySettingIsInForce() {
        var node = TestNode.prepared(root);
        try (var database = node.open();
                var writer = Sqlite.WRITER.open(node.database());
                var reader = Sqlite.READER.open(node.database())) {
            database.checkOwner();
            for (var setting : List.of(
                    "journal_mode=wal", "synchronous=2", "fullfsync=1", "secure_delete=1", "temp_store=2")) {
                requireSetting(writer, setting);
            }
            for (var connection : List.of(writer, reader)) {
                for (var setting :
                        List.of("foreign_keys=1", "busy_timeout=5000", "trusted_schema=0", "cell_size_check=1")) {
                    requireSetting(connection, setting);
                }
            }
            requireSetting(reader, "query_only=1");
            requireSetting(reader, "journal_mode=wal");
        }
    }

    @Test
    void aSettingThatIsNotTakenStopsTheStart() {
        var node = TestNode.prepared(root);
        try (var connection = Sqlite.READER.open(node.database())) {
            assertThatThrownBy(() -> Sqlite.require(connection, "synchronous", "3"))
                    .isInstanceOfSatisfying(NotDurable.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo("NOT_DURABLE");
                        assertThat(refusal.check()).contains("PSG-3");
                    })
                    .hasMessageContaining("SQLite answers synchronous = 2, needed is 3");
        }
    }

    @Test
    void readsNothingThroughAWriterAndWritesNothingThroughAReader() {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            assertThatThrownBy(() -> database.storage().read(t -> t.change("DELETE FROM session_used")))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void toleratesOddFolderNames() throws Exception {
        var odd = Files.createDirectory(root.resolve("a b?c#d%20'é;"));
        var node = TestNode.prepared(odd);
        try (var database = node.open()) {
            TestNode.generate(database, "k", 1);
            database.writeSnapshot(odd.resolve("snap'shot?.db"));
        }
        assertThat(node.database()).exists();
        try (var snapshot = Snapshot.open(odd.resolve("snap'shot?.db"))) {
            assertThat(snapshot.keys().all()).hasSize(1);
        }
    }

    @Test
    void schemaVersionIsThatOfTheNewestMigration() throws Exception {
        var folder = Path.of(DatabaseTest.class
                .getResource("/db/migration/sqlite/V1__initial.sql")
                .toURI())
                .getParent();
        try (var files = Files.list(folder)) {
            var newest = files.map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max();
            assertThat(newest).hasValue(SchemaVersion.current().number());
        }
    }

    private static void requireSetting(SqlConnection connection, String setting) {
        var parts = setting.split("=", -1);
        assertThat(connection.outside("PRAGMA " + parts[0])).as(setting).isEqualTo(parts[1]);
    }
}
