package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.shareOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    @TempDir
    Path root;

    private TestNode node;
    private Path snapshot;
    private Bytes dbi = Bytes.of(new byte[0]);

    /** A snapshot with key k, taken under a pause; then the database goes on and gets key later. */
    @BeforeEach
    void backUp() {
        node = TestNode.prepared(root);
        snapshot = root.resolve("snapshot.db");
        try (var database = node.open()) {
            generate(database, "k", 1);
            database.pauses().pause("backup", "backup 7", Optional.empty());
            database.writeSnapshot(snapshot);
            database.pauses().resume();
            generate(database, "later", 2);
            dbi = database.node().dbi();
        }
    }

    @Test
    void bringsBackALostDatabaseWithANewIncarnationAndNoPause() throws Exception {
        Files.delete(node.database());
        var drawn = restore(node, false);
        assertThat(drawn).isNotEqualTo(dbi);
        try (var database = node.neverCreating().open()) {
            assertThat(database.node().dbi()).isEqualTo(drawn);
            assertThat(database.keys().usable()).extracting(StoredKey::keyId).containsExactly("k");
            assertThat(shareOf(database, "k", "k/0")).isEqualTo(share(1));
            assertThat(database.pauses().current()).isEmpty();
        }
        try (var untouched = Snapshot.open(snapshot)) {
            assertThat(untouched.node().dbi()).isEqualTo(dbi);
        }
    }

    @Test
    void restoresIntoAFolderThatDoesNotExist() {
        var target = new TestNode[1];
        var fresh = root.resolve("fresh");
        FilePermissions.createFolder(fresh);
        target[0] = TestNode.in(fresh, node.settings.masterKey());
        restore(target[0], false);
        try (var database = target[0].open()) {
            assertThat(database.keys().usable()).hasSize(1);
        }
    }

    @Test
    void replacesOnlyWhenToldAndKeepsWhatItReplaced() throws Exception {
        var before = Files.readAllBytes(node.database());
        assertThatThrownBy(() -> restore(node, false))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("already holds a database; say so if it is to be replaced");
        assertThat(Files.readAllBytes(node.database())).isEqualTo(before);

        restore(node, true);
        try (var database = node.open()) {
            assertThat(database.keys().all()).hasSize(1);
        }
        var aside = root.resolve("data/replaced-" + node.clock.millis() + ".db");
        FilePermissions.requireOwnerOnly(aside);
        try (var replaced = Snapshot.open(aside)) {
            assertThat(replaced.keys().all()).hasSize(2);
        }
    }

    @Test
    void replacesADatabaseThatDoesNotOpenAnyMore() throws Exception {
        Files.writeString(node.database(), "garbage ".repeat(1000));
        TestNode.write(root.resolve("data/quorate.db-wal"), "the log of garbage", "rw-------");
        restore(node, true);
        try (var database = node.open()) {
            assertThat(database.keys().all()).hasSize(1);
        }
    }

    @Test
    void refusesARunningNode() {
        try (var database = node.open()) {
            assertThatThrownBy(() -> restore(node, true)).isInstanceOf(AlreadyRunning.class);
            database.checkOwner();
        }
    }

    @Test
    void validatesEverythingBeforeTheFirstChange() throws Exception {
        var before = Files.readAllBytes(node.database());
        var otherNode = node.named(new NodeName(3, id("node 3")));
        assertThatThrownBy(() -> restore(otherNode, true)).isInstanceOf(ForeignDatabase.class);
        var otherKey = root.resolve("other.key");
        SecretFile.createKey(otherKey, RANDOM);
        var otherMasterKey = node.withMasterKey(new MasterKeySource.KeyFile(otherKey));
        assertThatThrownBy(() -> restore(otherMasterKey, true)).isInstanceOf(WrongMasterKey.class);
        Files.write(snapshot, java.util.Arrays.copyOf(Files.readAllBytes(snapshot), 8192));
        assertThatThrownBy(() -> restore(node, true)).isInstanceOf(Damaged.class);
        assertThat(Files.readAllBytes(node.database())).isEqualTo(before);
        node.open().close();
    }

    @Test
    void neverPutsADatabaseBesideTheLogOfAnother() throws Exception {
        Files.delete(node.database());
        TestNode.write(root.resolve("data/quorate.db-wal"), "left behind", "rw-------");
        assertThatThrownBy(() -> restore(node, false))
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("quorate.db-wal, a remainder of another database; move it away");
        assertThat(node.database()).doesNotExist();
    }

    private Bytes restore(TestNode target, boolean replace) {
        return Database.restore(target.settings, snapshot, replace, RANDOM, target.clock);
    }
}
