package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.keygen;
import static quorate.store.TestNode.sharing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is in any file in plain, and an erased one is in none even sealed. */
class SecretsOnDiskTest {
    @TempDir
    Path root;

    @Test
    void noFileHoldsAShareOrTheNodeSecretInPlain() {
        var node = TestNode.prepared(root);
        var share = new byte[32];
        RANDOM.nextBytes(share);
        byte[] nodeSecret;
        try (var database = node.open()) {
            store(database, "k", share);
            nodeSecret = database.<byte[], RuntimeException>useNodeSecret(byte[]::clone);
            database.writeSnapshot(root.resolve("data/snapshot.db"));
            assertNowhere(share);
            assertNowhere(nodeSecret);
        }
        assertNowhere(share);
        assertNowhere(nodeSecret);
    }

    @Test
    void anErasedShareIsGoneFromEveryFile() {
        var node = TestNode.prepared(root);
        var share = new byte[32];
        RANDOM.nextBytes(share);
        try (var database = node.open()) {
            store(database, "k", share);
            generate(database, "other", 1);
            var sealed = sealed(database, "k");
            assertThat(find(sealed)).isNotEmpty();
            database.shares().delete("k", Optional.empty());
            assertNowhere(sealed);
            generate(database, "another", 2);
            assertNowhere(sealed);
        }
    }

    @Test
    void whatEndsAnOperationErasesTheShareThatItEnds() {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            generate(database, "k", 1);
            var first = sealed(database, "k");
            var op = TestNode.startReshare(database, "k", 1, 2);
            database.operations().commit("k", op, List.of());
            assertThat(find(first)).isNotEmpty();
            database.operations().clean("k", op, List.of());
            assertNowhere(first);

            var refused = TestNode.startReshare(database, "k", 2, 3);
            var pending = sealed(database, "k", "PENDING");
            database.operations().refuse("k", refused, List.of());
            assertNowhere(pending);
        }
    }

    /** A long reader, such as a snapshot being written, delays the last step of erasure. */
    @Test
    void erasureIsFinishedOnceNobodyReads() {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            generate(database, "k", 1);
            var sealed = sealed(database, "k");
            try (var reader = Sqlite.READER.open(node.database())) {
                reader.read(t -> {
                    assertThat(t.exists("SELECT 1 FROM sharing")).isTrue();
                    database.shares().delete("k", Optional.empty());
                    generate(database, "l", 2);
                    assertThat(find(sealed)).isNotEmpty();
                    return true;
                });
            }
            database.checkOwner();
            assertNowhere(sealed);
        }
    }

    private static void store(Database database, String keyId, byte[] share) {
        var opId = "keygen of " + keyId;
        var shareId = keyId + "/0";
        database.operations()
                .writePending(key(keyId), keygen(keyId, opId, shareId), sharing(shareId, 0), share, List.of());
        database.operations().commit(keyId, id(opId), List.of());
        database.operations().clean(keyId, id(opId), List.of());
    }

    private static byte[] sealed(Database database, String keyId) {
        return sealed(database, keyId, "ACTIVE");
    }

    private static byte[] sealed(Database database, String keyId, String role) {
        return database.storage()
                .read(t -> t.row(
                        "SELECT sealed_share FROM sharing WHERE key_id = ? AND role = ?",
                        row -> row.bytes("sealed_share"),
                        keyId,
                        role))
                .orElseThrow()
                .toArray();
    }

    private void assertNowhere(byte[] secret) {
        assertThat(find(secret)).isEmpty();
    }

    /** Raw, hex or Base64. Lock files are left alone: to open and close one here would drop its lock. */
    private List<Path> find(byte[] secret) {
        var hex = HexFormat.of().formatHex(secret);
        var forms = List.of(
                new String(secret, StandardCharsets.ISO_8859_1),
                hex,
                hex.toUpperCase(Locale.ROOT),
                Base64.getEncoder().encodeToString(secret));
        try (var files = Files.walk(root.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .filter(file -> forms.stream().anyMatch(form -> SnapshotTest.contains(content(file), form)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
