package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Event;

/**
 * Row 3 of the ways back: one share is lost and comes back from its file, under each protection; a file that does not
 * belong there is refused by name, and changes nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShareBackupIT {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Signatures signatures;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode treasury;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private KeyPair rsa;

    @BeforeAll
    void makeAKey(@TempDir Path folder) throws IOException, GeneralSecurityException {
        work = folder;
        cluster = Cluster.upForEcdsa(work);
        signatures = new Signatures(cluster);
        treasury = cluster.generate("ed25519", "treasury");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        rsa = generator.generateKeyPair();
        pem("rsa.pem", "PUBLIC KEY", rsa.getPublic().getEncoded());
        pem("rsa.key", "PRIVATE KEY", rsa.getPrivate().getEncoded());
        secret("password", "correct horse battery staple\n");
        secret("other-password", "another horse battery staple\n");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void socketAndFilesAreTheirOwnersAlone() throws IOException {
        var plain = backUp(2, "plain.share");
        assertThat(plain.path("keyId").asText()).isEqualTo("treasury");
        assertThat(plain.path("epoch").asLong()).isZero();
        assertThat(plain.path("node").asInt()).isEqualTo(2);
        assertThat(plain.path("publicKey").asText()).isEqualTo(treasury.path("publicKey").asText());
        assertThat(plain.path("opened").asBoolean()).isTrue();

        assertThat(Files.getPosixFilePermissions(work.resolve("plain.share"))).isEqualTo(OWNER);
        assertThat(work.resolve("plain.share.incomplete")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(socket(2))).isEqualTo(OWNER);
        assertThat(Ran.command(
                                work,
                                "share", "backup", "--key", "treasury", "--node", "2", "--out", "plain-2.share",
                                "--cluster", cluster.folder().path().toString())
                        .err())
                .contains("warning: whoever reads");
        run("share", "backup", "--key", "treasury", "--node", "2", "--out", "plain.share").refused("FILE_SYSTEM");
    }

    @Test
    @Order(2)
    void sealedFilesGoToListedKeysOnly() throws IOException {
        var config = cluster.folder().config(2);
        sealed(2, "unlisted.share").refused("RECIPIENT_REFUSED");
        run("share", "backup", "--key", "treasury", "--node-config", config.toString(), "--to", "rsa.pem", "--out", "u")
                .refused("RECIPIENT_REFUSED");
        var before = Files.readString(config);
        Files.writeString(config, before + "\n[share-backup]\nrecipients = [\"*\"]\n");
        var start = Ran.process(work, List.of(), "node", "run", "--config", config.toString());
        assertThat(start.exit()).isEqualTo(1);
        assertThat(start.err()).contains("node.toml:").contains("no wildcard");
        Files.writeString(config, before);

        for (int twice = 0; twice < 2; twice++) {
            run("node", "allow", "--config", config.toString(), "--share-backup-key", "rsa.pem");
        }
        assertThat(Files.readString(config)).startsWith(before.strip()).containsOnlyOnce("recipients = [\"sha256:");
        assertThat(Files.getPosixFilePermissions(config)).isEqualTo(OWNER);
        sealed(2, "unlisted.share").refused("RECIPIENT_REFUSED");
        assertThat(work.resolve("unlisted.share")).doesNotExist();
        cluster.stop(2);
        cluster.start(2);

        assertThat(sealed(2, "sealed.share").done().path("opened").asBoolean()).isFalse();
        run("share", "backup", "--key", "treasury", "--node-config", config.toString(), "--to", "rsa.pem", "--out",
                        "sealed-locally.share")
                .done();
        sealed(1, "other-node.share").refused("RECIPIENT_REFUSED");
    }

    @Test
    @Order(3)
    void lostShareComesBackUnderEachProtection() throws Exception {
        run("share", "backup", "--key", "treasury", "--node", "2", "--out", "password.share", "--password-file",
                        "password", "--label", "before the move")
                .done();
        var plain = List.<String>of();
        var password = List.of("--password-file", "password");
        var privateKey = List.of("--private-key", "rsa.key");
        verified("plain.share", plain);
        assertThat(verified("password.share", password).path("label").asText()).isEqualTo("before the move");
        verified("sealed.share", privateKey);

        comesBack("plain.share", plain);
        comesBack("password.share", password);
        comesBack("sealed.share", privateKey);
        comesBack("sealed-locally.share", privateKey);
    }

    private JsonNode verified(String file, List<String> opening) {
        var arguments = new ArrayList<>(List.of("share", "verify", file, "--node", "2"));
        arguments.addAll(opening);
        var verified = run(arguments.toArray(String[]::new)).done();
        assertThat(verified.path("ok").asBoolean()).isTrue();
        assertThat(verified.path("opened").asBoolean()).isTrue();
        return verified;
    }

    private void comesBack(String file, List<String> opening) throws Exception {
        cluster.kill(2);
        loseShare();
        cluster.start(2);
        assertThat(socket(2)).as("a new one in place of what kill -9 left").exists();
        signatures.verify(treasury, List.of(1, 3));

        assertThat(restore(file, opening, "--dry-run").done().path("outcome").asText()).isEqualTo("restored");
        assertThat(cluster.run("sign", "--key", "treasury", "--message-hex", "00", "--players", "1,2").exit())
                .isEqualTo(1);
        assertThat(restore(file, opening).done().path("outcome").asText()).isEqualTo("restored");
        assertThat(restore(file, opening).done().path("outcome").asText()).isEqualTo("unchanged");
        signatures.verify(treasury, List.of(1, 2));
        signatures.verify(treasury, List.of(2, 3));
    }

    @Test
    @Order(4)
    void comesBackToADatabaseThatNeverHadTheKey() throws Exception {
        var backup = cluster.backUp();
        var ecdsa = new EcdsaSignatures(cluster);
        var late = ecdsa.generate("p256", "late");
        run("share", "backup", "--key", "late", "--node", "2", "--out", "late.share").done();
        cluster.kill(2);
        cluster.deleteDatabase(2);
        cluster.run("backup", "restore", backup.file(2), "--node", "2").done();
        cluster.start(2);

        assertThat(restore("late.share", List.of()).done().path("outcome").asText()).isEqualTo("restored");
        ecdsa.verify(late, List.of(2, 3), "m/0/7");
        ecdsa.verify(late, List.of(1, 2), "m");
    }

    @Test
    @Order(5)
    void whatDoesNotBelongThereIsRefusedByName() throws Exception {
        var bytes = Files.readAllBytes(work.resolve("plain.share"));
        Files.write(work.resolve("cut.share"), Arrays.copyOf(bytes, bytes.length - 1));
        var damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(work.resolve("damaged.share"), damaged);
        backUp(1, "node-1.share");
        cluster.generate("ed25519", "payroll");

        assertRefused("cut.share", "BACKUP_TRUNCATED", List.of());
        assertRefused("damaged.share", "BACKUP_DIGEST", List.of());
        assertRefused("password", "BACKUP_FORMAT", List.of());
        assertRefused("node-1.share", "BACKUP_NODE", List.of());
        assertRefused("plain.share", "BACKUP_KEY", List.of("--key", "payroll"));
        assertRefused("password.share", "BACKUP_LOCKED", List.of("--password-file", "other-password"));
        assertRefused("password.share", "BACKUP_LOCKED", List.of());
        assertRefused("plain.share", "BACKUP_LOCKED", List.of("--password-file", "password"));
        Files.setPosixFilePermissions(work.resolve("other-password"), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("password.share", "UNSAFE_PERMISSIONS", List.of("--password-file", "other-password"));

        cluster.run("key", "delete", "payroll", "--node", "2", "--yes").done();
        signatures.verify(treasury, List.of(1, 2));
    }

    @Test
    @Order(6)
    void nodeThatDoesNotRunOrIsOutOfReachSaysSo() throws Exception {
        Files.setPosixFilePermissions(socket(2), PosixFilePermissions.fromString("rw-rw-rw-"));
        restore("plain.share", List.of()).refused("NODE_SOCKET");
        Files.setPosixFilePermissions(socket(2), OWNER);

        cluster.stop(2);
        assertThat(socket(2)).doesNotExist();
        restore("plain.share", List.of()).refused("NODE_SOCKET");
        cluster.start(2);
        assertThat(restore("plain.share", List.of(), "--replace").done().path("outcome").asText())
                .isEqualTo("replaced");
        signatures.verify(treasury, List.of(1, 2));
        assertThat(cluster.clients().admin(2).status().events().stream().map(Event::kind))
                .contains("share-restored", "share-backed-up");
    }

    private void assertRefused(String file, String code, List<String> options) {
        restore(file, options, "--replace").refused(code);
        restore(file, options, "--replace", "--dry-run").refused(code);
    }

    private JsonNode backUp(int node, String file) {
        return run("share", "backup", "--key", "treasury", "--node", String.valueOf(node), "--out", file).done();
    }

    private Ran sealed(int node, String file) {
        return run(
                "share", "backup", "--key", "treasury", "--node", String.valueOf(node), "--out", file, "--to", "rsa.pem");
    }

    private Ran restore(String file, List<String> options, String... more) {
        var arguments = new ArrayList<>(List.of("share", "restore", "--node", "2", "--in", file));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Node allow takes no cluster. */
    private Ran run(String... arguments) {
        return arguments[0].equals("node") ? Ran.command(work, arguments) : cluster.run(arguments);
    }

    private Path socket(int node) {
        return cluster.folder().node(node).resolve("node.toml.sock");
    }

    /** The row is gone, as after an accident with SQL; the node does not run. */
    private void loseShare() throws SQLException {
        var database = cluster.folder().data(2).resolve("quorate.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM sharing WHERE key_id = 'treasury'")).isEqualTo(1);
        }
    }

    private void pem(String name, String label, byte[] der) throws IOException {
        secret(
                name,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }

    private void secret(String name, String text) throws IOException {
        var file = Files.createFile(work.resolve(name), PosixFilePermissions.asFileAttribute(OWNER));
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }
}
