package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.keygen;
import static quorate.store.TestNode.says;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.sharing;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps for exports and imports: the wrapping key, and which exports came here. */
class ImportsTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestNode node;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    @BeforeEach
    void open() {
        node = TestNode.prepared(folder);
        database = node.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anImportThatMayEndWithTheKeyCounts() {
        assertThat(database.imports().isImported(id("export"))).isFalse();
        // Recorded, and no operation yet: the process may have crashed in between.
        database.imports().record(id("export"), "k", id("op"));
        assertThat(database.imports().isImported(id("export"))).isFalse();

        database.operations().writePending(key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of());
        assertThat(database.imports().isImported(id("export"))).isTrue();
        assertThat(database.imports().isImported(id("other"))).isFalse();
        database.operations().commit("k", id("op"), says(Verb.COMMITTED));
        database.operations().clean("k", id("op"), says(Verb.CLEAN));
        assertThat(database.imports().isImported(id("export"))).isTrue();
    }

    @Test
    void aRefusedImportMayBeTriedAgain() {
        database.imports().record(id("export"), "k", id("op"));
        database.imports().record(id("export"), "k", id("op"));
        database.operations().writePending(key("k"), keygen("k", "op", "k/0"), sharing("k/0", 0), share(1), List.of());
        database.operations().refuse("k", id("op"), says(Verb.REFUSED));
        assertThat(database.imports().isImported(id("export"))).isFalse();

        database.imports().record(id("export"), "l", id("next"));
        database.operations().writePending(key("l"), keygen("l", "next", "l/0"), sharing("l/0", 0), share(1), List.of());
        assertThat(database.imports().isImported(id("export"))).isTrue();
    }

    @Test
    void thereIsOneWrappingKeyAndItIsSealed() {
        assertThat(database.wrappingKeys().find()).isEmpty();
        assertThatThrownBy(() -> database.wrappingKeys().<Integer, RuntimeException>use(secret -> secret.length))
                .isInstanceOf(IllegalStateException.class);
        var kept = database.wrappingKeys().keep(TestNode.bytes("spki"), new byte[] {1, 2, 3});
        assertThat(database.wrappingKeys().keep(TestNode.bytes("other"), new byte[] {4})).isEqualTo(kept);
        assertThat(database.wrappingKeys().find()).contains(kept);
        assertThat(database.wrappingKeys().<byte[], RuntimeException>use(byte[]::clone)).containsExactly(1, 2, 3);

        for (var tampering : List.of(
                "UPDATE wrapping_key SET sealed_private_key = zeroblob(61)",
                "UPDATE wrapping_key SET sealed_private_key = (SELECT sealed_node_secret FROM node)")) {
            node.tamper(tampering);
            assertThatThrownBy(() -> database.wrappingKeys().<Integer, RuntimeException>use(secret -> secret.length)).isInstanceOf(Damaged.class);
        }
    }

    @Test
    void databaseKeepsWhatMustStay() {
        database.wrappingKeys().keep(TestNode.bytes("spki"), new byte[] {1});
        database.imports().record(id("export"), "k", id("op"));
        for (var change : List.of(
                "DELETE FROM wrapping_key",
                "UPDATE wrapping_key SET spki = x'00'",
                "DELETE FROM import_record",
                "UPDATE import_record SET key_id = 'l'")) {
            assertThatThrownBy(() -> database.storage().write(t -> t.change(change)))
                    .as(change)
                    .isInstanceOf(StoreException.class);
        }
    }
}
