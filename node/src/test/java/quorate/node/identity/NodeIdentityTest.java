package quorate.node.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Encoding;

class NodeIdentityTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void comesBackFromItsFiles() throws IOException {
        var made = create("identity");
        var loaded = NodeIdentity.load(folder.resolve("identity"), 3);
        assertThat(loaded.id()).isEqualTo(made.id());
        assertThat(loaded.tls().pin()).isEqualTo(made.tls().pin());
        assertThat(loaded.api().pin()).isEqualTo(made.api().pin());
        assertThat(loaded.statements().publicKey()).isEqualTo(made.statements().publicKey());
        assertThat(made.tls().pin()).isNotEqualTo(made.api().pin());
    }

    @Test
    void writesFilesForTheOwnerAlone() throws IOException {
        create("identity");
        assertThat(mode(folder.resolve("identity"))).isEqualTo("rwx------");
        try (var files = Files.list(folder.resolve("identity"))) {
            assertThat(files).hasSize(5).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
        try (var all = Files.list(folder)) {
            assertThat(all).as("no temporary folder stays").hasSize(1);
        }
    }

    @Test
    void neverOverwrites() throws IOException {
        var made = create("identity");
        assertThatThrownBy(() -> create("identity")).hasMessageContaining("exists and is not empty");
        assertThat(NodeIdentity.load(folder.resolve("identity"), 3).id()).isEqualTo(made.id());
    }

    @Test
    void hashesPlayerLinkKeyAndStatementKey() throws Exception {
        var identity = create("identity");
        var spki = identity.tls().certificate().getPublicKey().getEncoded();
        var tag = sha256("tsm/v1/id".getBytes(US_ASCII));
        var parts = Encoding.enc(
                new byte[] {0, 3}, sha256(spki), identity.statements().publicKey().bytes());
        assertThat(identity.id().bytes()).isEqualTo(sha256(Encoding.concat(tag, tag, parts, new byte[4])));
        assertThat(NodeIdentity.id(4, identity.tls().pin(), identity.statements().publicKey()))
                .isNotEqualTo(identity.id());
    }

    @Test
    void namesTheHostsOfTheApi() throws Exception {
        var names = create("identity").api().certificate().getSubjectAlternativeNames();
        assertThat(names.stream().map(name -> name.get(1).toString()))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "tsm.example.org", "10.0.0.7");
    }

    @Test
    void refusesFilesThatOthersCanRead() throws IOException {
        create("identity");
        var key = folder.resolve("identity/statement.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(key + " has mode 0640, so others can use it; chmod 600 " + key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var identity = folder.resolve("identity");
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefused(identity + " has mode 0755, so others can use it; chmod 700 " + identity);
    }

    @Test
    void namesTheFileThatIsMissingOrDamaged() throws IOException {
        create("identity");
        var key = folder.resolve("identity/tls.key");
        var pem = Files.readString(key);
        Files.writeString(key, pem.substring(0, 40) + "!" + pem.substring(41));
        assertRefused(key + ": the PEM block is not base64");
        Files.writeString(key, pem + pem);
        assertRefused(key + ": the PEM block is not base64");
        Files.writeString(key, pem + "# mine\n");
        assertRefused(key + ": not exactly one PEM block \"PRIVATE KEY\"");
        replace("identity/statement.key", "identity/tls.key");
        assertRefused(key + ": not a P-256 key and its certificate");
        Files.writeString(key, pem);
        replace("identity/tls.key", "identity/statement.key");
        assertRefused(folder.resolve("identity/statement.key") + ": not an Ed25519 key");
        Files.delete(key);
        create("other");
        replace("other/statement.key", "identity/statement.key");
        assertRefused(key + ": there is no such file");
        replace("other/tls.key", "identity/tls.key");
        assertRefused(key + ": the certificate is of another key");
    }

    @Test
    void keepsNothingWhenWritingFails() {
        var target = folder.resolve("half");
        assertThatThrownBy(() -> OwnerOnly.createFolder(target, RANDOM, staging -> {
                    OwnerOnly.createFile(staging.resolve("a"), new byte[1]);
                    OwnerOnly.createFile(staging.resolve("a"), new byte[1]);
                }))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void printsNoSecret() throws IOException {
        var identity = create("identity");
        var text = identity + " " + identity.tls() + " " + identity.statements();
        var pkcs8 = HexFormat.of().formatHex(identity.statements().encode());
        assertThat(text).doesNotContain(pkcs8.substring(pkcs8.length() - 64));
        assertThat(text).contains(identity.tls().pin().hex());
    }

    private NodeIdentity create(String name) throws IOException {
        return NodeIdentity.create(folder.resolve(name), 3, List.of("tsm.example.org", "10.0.0.7"), RANDOM);
    }

    private void replace(String from, String to) throws IOException {
        Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> NodeIdentity.load(folder.resolve("identity"), 3)).hasMessage(message);
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] input) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(input);
    }
}
