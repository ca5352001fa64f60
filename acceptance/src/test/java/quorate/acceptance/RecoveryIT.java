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
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Event;
import quorate.testkit.verify.IndependentVerifier.Curve;
import quorate.testkit.verify.IndependentVerifier;

/**
 * Row 7 of the ways back: the whole cluster is gone, and the holder of the RSA key has every key again,
         offline: with a key
 * in a file, and with one in a token.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryIT {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final String LABEL = "two directors, in person";
    private static final String CHILD = "m/0/7";
    private static final byte[] MESSAGE = "Keys that nobody loses.".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, List<String>> KEYS = Map.of(
            "wallet", List.of("ecdsa", "secp256k1"),
            "release", List.of("ecdsa", "p256"),
            "treasury", List.of("schnorr", "ed25519"),
            "taproot", List.of("schnorr", "bip340"));

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private SoftToken token;

    private final Map<String, String> publicKeys = new TreeMap<>();
    private final Map<String, String> children = new TreeMap<>();

    @BeforeAll
    void makeKeys(@TempDir Path folder) throws Exception {
        work = folder;
        cluster = Cluster.upForEcdsa(work);
        var pair = rsa();
        pem("rsa.pem", "PUBLIC KEY", pair.getPublic().getEncoded());
        pem("rsa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("other.pem", "PUBLIC KEY", rsa().getPublic().getEncoded());
        token = SoftToken.make(work);
        try (var certificate = Files.newInputStream(work.resolve("token.crt"))) {
            var key = CertificateFactory.getInstance("X.509").generateCertificate(certificate).getPublicKey();
            pem("token.pem", "PUBLIC KEY", key.getEncoded());
        }
        for (var key : KEYS.entrySet()) {
            var made = cluster.run(
                            "key", "generate", "--scheme", key.getValue().get(0), "--curve", key.getValue().get(1),
                                    "--id",
                            key.getKey())
                    .done();
            publicKeys.put(key.getKey(), made.path("publicKey").asText());
            var child = cluster.run("key", "public", key.getKey(), "--path", CHILD).done();
            children.put(key.getKey(), child.path("publicKey").asText());
        }
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void anUnlistedKeyIsRefusedByEveryNodeAndByOneThatDoesNotListIt() {
        create("refused.recovery", "rsa.pem", "wallet").refused("RECIPIENT_REFUSED");
        allow(1, "rsa.pem");
        allow(2, "rsa.pem");
        restart();
        var refused = create("refused.recovery", "rsa.pem", "wallet").refused("RECIPIENT_REFUSED");
        assertThat(refused.path("check").asText()).isEqualTo("PVE-0");
        assertThat(work.resolve("refused.recovery")).doesNotExist();
        assertThat(cluster.clients().admin(3).status().events().stream().map(Event::kind)).contains("recovery-refused");
        assertThat(cluster.clients().admin(3).status().events().stream().map(Event::kind))
                .doesNotContain("recovery-proof");
    }

    @Test
    @Order(2)
    void dataOfAllKeysIsMadeAndVerifiesWithPublicDataOnly() throws IOException {
        allow(3, "rsa.pem");
        for (int node : Cluster.ALL) {
            allow(node, "token.pem");
        }
        restart();
        var all = KEYS.keySet().toArray(String[]::new);
        var made = create("all.recovery", "rsa.pem", all).done();
        assertThat(made.path("ok").asBoolean()).isTrue();
        assertThat(made.path("keys")).hasSize(4);
        create("token.recovery", "token.pem", "treasury", "wallet").done();
        assertThat(Files.getPosixFilePermissions(work.resolve("all.recovery"))).isEqualTo(OWNER);

        for (var key : publicKeys.entrySet()) {
            verify("all.recovery", "--public-key", key.getValue(), "--to", "rsa.pem").done();
        }
        assertThat(verify("all.recovery", "--to", "other.pem").refused("RECOVERY_INVALID").path("check").asText())
                .isEqualTo("PVE-1");
        verify("token.recovery", "--public-key", known(publicKeys, "taproot")).refused("RECOVERY_INVALID");
        var damaged = Files.readAllBytes(work.resolve("all.recovery"));
        damaged[damaged.length / 2] ^= 1;
        Files.write(work.resolve("damaged.recovery"), damaged);
        verify("damaged.recovery").refused("RECOVERY_INVALID");
    }

    @Test
    @Order(3)
    void everythingIsDestroyed() {
        for (int node : Cluster.ALL) {
            cluster.kill(node);
            ClusterFolder.delete(cluster.folder().node(node));
            assertThat(cluster.folder().node(node)).doesNotExist();
        }
    }

    @Test
    @Order(4)
    void everyKeyAndItsChildrenSignAgain() throws Exception {
        for (var keyId : KEYS.keySet()) {
            signs(keyId, "m", known(publicKeys, keyId), open("all.recovery", keyId, "m", "raw"));
            signs(keyId, CHILD, known(children, keyId), open("all.recovery", keyId, CHILD, "raw"));
        }
    }

    @Test
    @Order(5)
    void aTokenOpensWithoutGivingItsKeyOut() throws Exception {
        for (var keyId : List.of("treasury", "wallet")) {
            var out = keyId + ".token.hex";
            var opened = onToken(
                    "recovery", "open", "token.recovery", "--label", LABEL, "--pkcs11",
                            token.configuration().toString(),
                    "--pkcs11-key", SoftToken.LABEL, "--pin-file", token.pinFile().toString(), "--key", keyId,
                            "--out", out);
            assertThat(opened.path("publicKey").asText()).isEqualTo(known(publicKeys, keyId));
            signs(keyId, "m", known(publicKeys, keyId), work.resolve(out));
        }
    }

    @Test
    @Order(5)
    void aRehearsalIsAnsweredByTheHolderOfTheKey() {
        run("recovery", "rehearse", "--to", "rsa.pem", "--out", "challenge.txt").done();
        var answer = run("recovery", "answer", "challenge.txt", "--private-key", "rsa.key").done();
        var hex = answer.path("answer").asText();
        run("recovery", "rehearse", "--challenge", "challenge.txt", "--answer", hex).done();
        run("recovery", "rehearse", "--challenge", "challenge.txt", "--answer", "00" + hex.substring(2))
                .refused("RECOVERY_INVALID");
        var onToken = run("recovery", "rehearse", "--to", "token.pem", "--out", "token-challenge.txt").done();
        assertThat(onToken.path("recipient").asText()).hasSize(64);
        run("recovery", "answer", "token-challenge.txt", "--private-key", "rsa.key").refused("RECOVERY_LOCKED");
    }

    @Test
    @Order(6)
    void wrongLabelKeyAndFormatAreRefused() {
        run("recovery", "open", "all.recovery", "--label", "one director", "--private-key", "rsa.key", "--key",
                "wallet", "--out", "x")
                .refused("RECOVERY_LOCKED");
        run("recovery", "open", "token.recovery", "--label", LABEL, "--private-key", "rsa.key", "--key", "wallet",
                "--out", "x")
                .refused("RECOVERY_LOCKED");
        var none = run("recovery", "open", "all.recovery", "--label", LABEL, "--private-key", "rsa.key", "--out", "x");
        assertThat(none.exit()).isEqualTo(2);
        var pem = run(
                "recovery", "open", "all.recovery", "--label", LABEL, "--private-key", "rsa.key", "--key", "treasury",
                "--format", "pem", "--out", "x");
        assertThat(pem.exit()).isEqualTo(2);
        assertThat(pem.err()).contains("recovery sign");
        assertThat(work.resolve("x")).doesNotExist();
    }

    @Test
    @Order(7)
    void opensslOpensOneBlock() throws Exception {
        var script = Path.of("..", "docs", "formats", "recovery-openssl.sh").toAbsolutePath().normalize();
        var log = work.resolve("openssl.log");
        var process = new ProcessBuilder(
                        "bash", script.toString(), work.resolve("all.recovery").toString(),
                                work.resolve("rsa.key").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log).strip()).matches("(?s).*k = [0-9a-f]{64}");
    }

    private static <V> V known(Map<String, V> values, String keyId) {
        return Objects.requireNonNull(values.get(keyId), keyId);
    }

    private void signs(String keyId, String path, String publicKey, Path file) throws Exception {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OWNER);
        var scalar = HexFormat.of().parseHex(Files.readString(file).strip());
        var key = HexFormat.of().parseHex(publicKey);
        boolean verifies =
                switch (known(KEYS, keyId).get(1)) {
                    case "secp256k1" -> {
                        var digest = RecoveredSigner.sha256(MESSAGE);
                        yield IndependentVerifier.ecdsa(
                                Curve.SECP256K1, key, digest, RecoveredSigner.ecdsa("secp256k1", scalar, digest));
                    }
                    case "p256" -> {
                        var digest = RecoveredSigner.sha256(MESSAGE);
                        yield IndependentVerifier.ecdsa(
                                Curve.P256, key, digest, RecoveredSigner.ecdsa("P-256", scalar, digest));
                    }
                    case "bip340" -> IndependentVerifier.bip340(key, MESSAGE, RecoveredSigner.bip340(scalar, MESSAGE));
                    default -> {
                        Files.write(work.resolve("message"), MESSAGE);
                        var signed = run("recovery", "sign", "--scalar", file.toString(), "--message",
                                "message").done();
                        yield IndependentVerifier.ed25519(
                                key, MESSAGE, HexFormat.of().parseHex(signed.path("signature").asText()));
                    }
                };
        assertThat(verifies).as(keyId + " " + path).isTrue();
    }

    private Path open(String file, String keyId, String path, String format) {
        var out = keyId + path.replace('/', '_') + ".hex";
        var opened = run(
                        "recovery", "open", file, "--label", LABEL, "--private-key", "rsa.key", "--key", keyId,
                                "--path", path,
                        "--format", format, "--out", out)
                .done();
        assertThat(opened.path("publicKey").asText())
                .isEqualTo(path.equals("m") ? known(publicKeys, keyId) : known(children, keyId));
        return work.resolve(out);
    }

    private Ran create(String out, String recipient, String... keyIds) {
        var arguments = new ArrayList<>(List.of("recovery", "create", "--to", recipient, "--label", LABEL, "--out",
                out));
        for (var keyId : keyIds) {
            arguments.addAll(List.of("--key", keyId));
        }
        return cluster.run(arguments.toArray(String[]::new));
    }

    private Ran verify(String file, String... options) {
        var arguments = new ArrayList<>(List.of("recovery", "verify", file));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private void allow(int node, String recipient) {
        run("node", "allow", "--config", cluster.folder().config(node).toString(), "--recovery-key", recipient)
                .done();
    }

    private void restart() {
        for (int node : Cluster.ALL) {
            cluster.stop(node);
        }
        cluster.start(1, 2, 3);
    }

    /** Without a cluster: these commands are offline. */
    private Ran run(String... arguments) {
        return Ran.command(work, withJson(arguments));
    }

    /** In a process of its own, whose environment names the token's folder. */
    private JsonNode onToken(String... arguments) {
        var environment = Map.of(SoftToken.VARIABLE, work.resolve("softhsm2.conf").toString());
        return Ran.process(work, environment, List.of(), withJson(arguments)).done();
    }

    private static String[] withJson(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return all.toArray(String[]::new);
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private void pem(String name, String label, byte[] der) throws IOException {
        var file = Files.createFile(work.resolve(name), PosixFilePermissions.asFileAttribute(OWNER));
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }
}
