package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import quorate.testkit.verify.IndependentVerifier;

/** Signs through the command line and has other people's code verify: OpenSSL, the JDK and BouncyCastle. */
final class Signatures {
    static final byte[] MESSAGE = "Keys that nobody holds and nobody loses.".getBytes(StandardCharsets.UTF_8);

    /** RFC 8410: the SubjectPublicKeyInfo of Ed25519 before the 32 bytes of the key. */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Cluster cluster;

    Signatures(Cluster cluster) {
        this.cluster = cluster;
    }

    void verifyWithEachPair(JsonNode key) {
        Cluster.PAIRS.forEach(pair -> verify(key, pair));
    }

    /** Signs with exactly these nodes. */
    void verify(JsonNode key, List<Integer> nodes) {
        var signed = cluster.run(
                        "sign",
                        "--key",
                        key.path("keyId").asText(),
                        "--message-hex",
                        HexFormat.of().formatHex(MESSAGE),
                        "--players",
                        nodes.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .done();
        assertThat(signed.path("publicKey").asText()).isEqualTo(key.path("publicKey").asText());
        var publicKey = HexFormat.of().parseHex(key.path("publicKey").asText());
        var signature = HexFormat.of().parseHex(signed.path("signature").asText());
        if (key.path("curve").asText().equals("ed25519")) {
            assertThat(IndependentVerifier.ed25519(publicKey, MESSAGE, signature)).as("JDK").isTrue();
            assertThat(openssl(publicKey, signature)).contains("Signature Verified Successfully");
        } else {
            assertThat(IndependentVerifier.bip340(publicKey, MESSAGE, signature)).as("BIP-340").isTrue();
        }
    }

    private String openssl(byte[] publicKey, byte[] signature) {
        try {
            var folder = Files.createTempDirectory(cluster.work(), "openssl");
            var spki = new byte[ED25519_SPKI.length + publicKey.length];
            System.arraycopy(ED25519_SPKI, 0, spki, 0, ED25519_SPKI.length);
            System.arraycopy(publicKey, 0, spki, ED25519_SPKI.length, publicKey.length);
            var key = Files.write(folder.resolve("key.der"), spki);
            var message = Files.write(folder.resolve("message"), MESSAGE);
            var file = Files.write(folder.resolve("signature"), signature);
            var process = new ProcessBuilder(command(key, message, file)).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path key, Path message, Path signature) {
        return List.of(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                key.toString(),
                "-rawin",
                "-in",
                message.toString(),
                "-sigfile",
                signature.toString());
    }
}
