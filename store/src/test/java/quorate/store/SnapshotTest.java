package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.sharing;
import static quorate.store.TestNode.startReshare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;
    private Path file;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
        file = root.resolve("snapshot.db");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void showsWhatTheDatabaseHeld() {
        generate(database, "k", 1);
        var op = startReshare(database, "k", 1, 2);
        database.operations().commit("k", op, TestNode.says(Verb.COMMITTED));
        database.writeSnapshot(file);
        generate(database, "later", 3);

        FilePermissions.requireOwnerOnly(file);
        try (var snapshot = Snapshot.open(file)) {
            snapshot.requireIntact();
            assertThat(snapshot.schemaVersion()).isEqualTo(SchemaVersion.current());
            assertThat(snapshot.node()).isEqualTo(database.node());
            assertThat(snapshot.keys().all()).extracting(StoredKey::keyId).containsExactly("k");
            assertThat(snapshot.keys().offers("k")).containsExactly(new Offer(1, id("k/1")), new Offer(0, id("k/0")));
            assertThat(snapshot.keys().sharings("k"))
                    .extracting(StoredSharing::sharing)
                    .containsExactly(sharing("k/1", 1), sharing("k/0", 0));
            try (var unlocked = snapshot.unlock(node.settings.masterKey(), RANDOM)) {
                assertThat(unlocked.<byte[], RuntimeException>use("k", id("k/1"), byte[]::clone))
                        .isEqualTo(share(2));
                assertThatThrownBy(() -> unlocked.<Integer, RuntimeException>use("k", id("k/7"), s -> 1))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void lookingAtASnapshotChangesNothingAndLeavesNothing() throws Exception {
        generate(database, "k", 1);
        database.writeSnapshot(file);
        var before = Files.readAllBytes(file);
        TestNode.chmod(file, "r--------");
        try (var snapshot = Snapshot.open(file)) {
            snapshot.requireIntact();
            assertThat(snapshot.keys().usable()).hasSize(1);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(root)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("snapshot.db", "data", "master.key", "node.toml.lock");
        }
    }

    @Test
    void needsTheMasterKeyOfTheDatabase() {
        database.writeSnapshot(file);
        var other = root.resolve("other.key");
        SecretFile.createKey(other, RANDOM);
        try (var snapshot = Snapshot.open(file)) {
            assertThatThrownBy(() -> snapshot.unlock(new MasterKeySource.KeyFile(other), RANDOM))
                    .isInstanceOf(WrongMasterKey.class);
        }
    }

    @Test
    void isConsistentWhileOthersWrite() throws Exception {
        generate(database, "k", 1);
        var stop = new AtomicBoolean();
        var running = new CountDownLatch(1);
        try (var pool = Executors.newSingleThreadExecutor()) {
            var writes = pool.submit(() -> {
                var count = 0;
                while (!stop.get()) {
                    generate(database, "key" + count++, 2);
                    running.countDown();
                }
                return count;
            });
            running.await();
            for (int i = 0; i < 3; i++) {
                var target = root.resolve("snapshot" + i + ".db");
                database.writeSnapshot(target);
                try (var snapshot = Snapshot.open(target)) {
                    assertThat(snapshot.keys().all()).isNotEmpty();
                    for (var key : snapshot.keys().usable()) {
                        assertThat(snapshot.keys().offers(key.keyId())).hasSize(1);
                    }
                }
            }
            stop.set(true);
            assertThat(writes.get()).isPositive();
        }
    }

    @Test
    void holdsNothingOfWhatWasDeleted() throws Exception {
        generate(database, "k", 1);
        database.shares().delete("k", Optional.empty());
        database.writeSnapshot(file);
        assertThat(contains(Files.readAllBytes(file), "A of k/0")).isFalse();
    }

    @Test
    void neverOverwritesAFile() {
        TestNode.write(file, "precious", "rw-------");
        assertThatThrownBy(() -> database.writeSnapshot(file))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessage(file + " already holds a file; nothing was changed");
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> database.writeSnapshot(root.resolve("no/such/folder/snapshot.db")))
                .isInstanceOf(StorageFailed.class);
    }

    @Test
    void refusesDamagedForeignAndNewerFiles() throws Exception {
        for (int i = 0; i < 10; i++) {
            generate(database, "k" + i, i);
        }
        database.writeSnapshot(file);
        var content = Files.readAllBytes(file);

        Files.write(file, java.util.Arrays.copyOf(content, content.length - 4096));
        assertThatThrownBy(this::openAndCheck).isInstanceOf(Damaged.class).hasMessageContaining("snapshot.db");

        Files.writeString(file, "no database at all");
        assertThatThrownBy(this::openAndCheck).isInstanceOf(StoreException.class);

        Files.write(file, content);
        TestNode.tamper(file, "PRAGMA application_id = 1");
        assertThatThrownBy(this::openAndCheck).isInstanceOf(ForeignDatabase.class);

        Files.write(file, content);
        TestNode.tamper(file, "UPDATE flyway_schema_history SET version = '99'");
        assertThatThrownBy(this::openAndCheck).isInstanceOf(NewerSchema.class);

        Files.write(file, content);
        TestNode.tamper(file, "PRAGMA foreign_keys = OFF; DELETE FROM key");
        assertThatThrownBy(this::openAndCheck)
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("table sharing has rows without their key");

        assertThatThrownBy(() -> Snapshot.open(root.resolve("none.db"))).isInstanceOf(StorageFailed.class);
    }

    /** Whoever makes a file may put his own code where our queries expect tables. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF; ALTER TABLE key RENAME TO kept; "
                        + "CREATE VIEW key AS SELECT * FROM kept",
                "ALTER TABLE flyway_schema_history RENAME TO kept; "
                        + "CREATE VIEW flyway_schema_history AS SELECT * FROM kept",
                "CREATE VIEW one_more AS SELECT 1",
                "CREATE VIRTUAL TABLE one_more USING fts5(content)",
                "CREATE TABLE one_more (x)",
                "CREATE INDEX one_more ON key (upper(scheme))",
                "CREATE TRIGGER one_more AFTER INSERT ON key BEGIN DELETE FROM sharing; END",
                "ALTER TABLE key ADD COLUMN one_more TEXT AS (upper(scheme))",
                "ALTER TABLE flyway_schema_history ADD COLUMN one_more AS (upper(version))",
                "DROP TRIGGER operation_is_kept",
                "DROP INDEX one_open_operation",
                "DROP TABLE event"
            })
    void refusesWhatIsNotBuiltAsThisSoftwareBuildsIt(String sql) {
        generate(database, "k", 1);
        database.writeSnapshot(file);
        TestNode.tamper(file, sql);
        assertThatThrownBy(() -> Snapshot.open(file))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("is not built as this software builds its databases");
    }

    @Test
    void refusesTheFileOfARunningDatabase() {
        generate(database, "k", 1);
        assertThatThrownBy(() -> Snapshot.open(node.database()))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("has a write-ahead log beside it");
    }

    private void openAndCheck() {
        try (var snapshot = Snapshot.open(file)) {
            snapshot.requireIntact();
        }
    }

    static boolean contains(byte[] content, String text) {
        return new String(content, java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
    }
}
