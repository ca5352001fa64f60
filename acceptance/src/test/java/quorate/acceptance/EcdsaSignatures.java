package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import quorate.testkit.verify.IndependentVerifier;
import quorate.testkit.verify.IndependentVerifier.Curve;

/** ECDSA signatures of the command line, judged by BouncyCastle, and their DER form by OpenSSL. */
final class EcdsaSignatures {
    static final String ROOT = "m";

    /** RFC 5480: the SubjectPublicKeyInfo of a compressed point before its 33 bytes. */
    private static final byte[] P256_SPKI =
            HexFormat.of().parseHex("3039301306072a8648ce3d020106082a8648ce3d030107032200");

    private static final byte[] SECP256K1_SPKI =
            HexFormat.of().parseHex("3036301006072a8648ce3d020106052b8104000a032200");

    private final Cluster cluster;

    EcdsaSignatures(Cluster cluster) {
        this.cluster = cluster;
    }

    JsonNode generate(String curve, String id) {
        return cluster.run("key", "generate", "--scheme", "ecdsa", "--curve", curve, "--id", id).done();
    }

    /** Interactively, with exactly these nodes, by the descendant at {@code path}. */
    void verify(JsonNode key, List<Integer> nodes, String path) {
        var signed = cluster.run(
                        "sign",
                        "--key",
                        id(key),
                        "--message-hex",
                        HexFormat.of().formatHex(Signatures.MESSAGE),
                        "--players",
                        Presigned.joined(nodes),
                        "--path",
                        path)
                .done();
        check(key, path, signed);
    }

    /** Of {@link Signatures#MESSAGE}. */
    void check(JsonNode key, String path, JsonNode signed) {
        boolean bitcoin = key.path("curve").asText().equals("secp256k1");
        var curve = bitcoin ? Curve.SECP256K1 : Curve.P256;
        var expected = cluster.run("key", "public", id(key), "--path", path).done();
        assertThat(signed.path("publicKey").asText()).isEqualTo(expected.path("publicKey").asText());
        var publicKey = bytes(signed, "publicKey");
        var signature = bytes(signed, "signature");
        var digest = sha256(Signatures.MESSAGE);
        // Low s is the rule on secp256k1 only.
        assertThat(bitcoin
                        ? IndependentVerifier.lowSEcdsa(curve, publicKey, digest, signature)
                        : IndependentVerifier.ecdsa(curve, publicKey, digest, signature))
                .as("BouncyCastle: %s", signed)
                .isTrue();
        int recoveryId = signed.path("recoveryId").asInt(-1);
        assertThat(IndependentVerifier.recover(curve, digest, signature, recoveryId))
                .as("recovery id of %s", signed)
                .hasValueSatisfying(recovered -> assertThat(recovered).isEqualTo(publicKey));
        assertThat(openssl(bitcoin ? SECP256K1_SPKI : P256_SPKI, publicKey, bytes(signed, "der")))
                .contains("Signature Verified Successfully");
    }

    private String openssl(byte[] prefix, byte[] publicKey, byte[] der) {
        try {
            var folder = Files.createTempDirectory(cluster.work(), "openssl");
            var spki = HexFormat.of().parseHex(HexFormat.of().formatHex(prefix) + HexFormat.of().formatHex(publicKey));
            var key = Files.write(folder.resolve("key.der"), spki);
            var message = Files.write(folder.resolve("message"), Signatures.MESSAGE);
            var signature = Files.write(folder.resolve("signature"), der);
            var line = "openssl pkeyutl -verify -pubin -keyform DER -inkey %s -rawin -digest sha256 -in %s -sigfile %s"
                    .formatted(key, message, signature);
            var process = new ProcessBuilder(line.split(" ", -1)).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(JsonNode json, String member) {
        return HexFormat.of().parseHex(json.path(member).asText());
    }

    private static String id(JsonNode key) {
        return key.path("keyId").asText();
    }
}
