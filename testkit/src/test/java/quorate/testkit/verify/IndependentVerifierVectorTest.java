package quorate.testkit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.stream;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.testkit.vectors.Vectors;
import quorate.testkit.verify.IndependentVerifier.Curve;

class IndependentVerifierVectorTest {
    @Test
    void agreesWithEveryCaseOfBip340() {
        var cases = Vectors.lines("bip340/test-vectors.csv").stream().skip(1).toList();

        assertThat(cases).hasSize(19).allSatisfy(line -> {
            var fields = line.split(",", 8);
            assertThat(IndependentVerifier.bip340(hex(fields[2]), hex(fields[4]), hex(fields[5])))
                    .isEqualTo(fields[6].equals("TRUE"));
        });
    }

    @Test
    void agreesWithWycheproofOnEd25519() {
        var groups = stream(Vectors.json("wycheproof/ed25519.json").required("testGroups")).toList();

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            var key = hex(group.required("publicKey"), "pk");
            assertThat(stream(group.required("tests"))).isNotEmpty().allSatisfy(test -> assertThat(
                            IndependentVerifier.ed25519(key, hex(test, "msg"), hex(test, "sig")))
                    .isEqualTo(test.required("result").asText().equals("valid")));
        });
    }

    @ParameterizedTest
    @CsvSource({"SECP256K1, ecdsa_secp256k1_sha256_p1363", "P256, ecdsa_secp256r1_sha256_p1363"})
    void agreesWithWycheproofOnEcdsa(Curve curve, String file) {
        var groups = stream(Vectors.json("wycheproof/" + file + ".json").required("testGroups")).toList();

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            var key = hex(group.required("publicKey"), "uncompressed");
            assertThat(stream(group.required("tests"))).isNotEmpty().allSatisfy(test -> {
                var digest = MessageDigest.getInstance("SHA-256").digest(hex(test, "msg"));
                assertThat(IndependentVerifier.ecdsa(curve, key, digest, hex(test, "sig")))
                        .isEqualTo(test.required("result").asText().equals("valid"));
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"SECP256K1, ecdsa_secp256k1_sha256_p1363", "P256, ecdsa_secp256r1_sha256_p1363"})
    void recoversTheKeyOfEveryValidEcdsaSignature(Curve curve, String file) {
        var groups = stream(Vectors.json("wycheproof/" + file + ".json").required("testGroups")).toList();

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            var key = compressed(hex(group.required("publicKey"), "uncompressed"));
            assertThat(stream(group.required("tests"))
                            .filter(test -> test.required("result").asText().equals("valid")))
                    .allSatisfy(test -> {
                        var digest = MessageDigest.getInstance("SHA-256").digest(hex(test, "msg"));
                        var signature = hex(test, "sig");
                        assertThat(IntStream.rangeClosed(0, 3)
                                        .filter(id -> IndependentVerifier.recover(curve, digest, signature, id)
                                                .filter(found -> Arrays.equals(found, key))
                                                .isPresent()))
                                .hasSize(1);
                    });
        });
    }

    /** Of the two signatures that differ in the sign of s, exactly one. */
    @ParameterizedTest
    @CsvSource({"SECP256K1, ecdsa_secp256k1_sha256_p1363", "P256, ecdsa_secp256r1_sha256_p1363"})
    void takesTheLowerHalfForSOnly(Curve curve, String file) {
        var group = stream(Vectors.json("wycheproof/" + file + ".json").required("testGroups"))
                .findFirst()
                .orElseThrow();
        var key = hex(group.required("publicKey"), "uncompressed");
        var order = curve.order();

        assertThat(stream(group.required("tests"))
                        .filter(test -> test.required("result").asText().equals("valid")))
                .isNotEmpty()
                .allSatisfy(test -> {
                    var digest = MessageDigest.getInstance("SHA-256").digest(hex(test, "msg"));
                    var one = hex(test, "sig");
                    var s = new BigInteger(1, Arrays.copyOfRange(one, 32, 64));
                    var other = one.clone();
                    System.arraycopy(BigIntegers.asUnsignedByteArray(32, order.subtract(s)), 0, other, 32, 32);
                    assertThat(IndependentVerifier.ecdsa(curve, key, digest, other)).isTrue();
                    assertThat(IndependentVerifier.lowSEcdsa(curve, key, digest, one))
                            .isNotEqualTo(IndependentVerifier.lowSEcdsa(curve, key, digest, other));
                });
    }

    private static byte[] compressed(byte[] uncompressed) {
        var out = Arrays.copyOf(uncompressed, 33);
        out[0] = (byte) (2 + (uncompressed[64] & 1));
        return out;
    }

    @ParameterizedTest
    @CsvSource({"SECP256K1, frost-secp256k1-sha256", "P256, frost-p256-sha256"})
    void acceptsTheSignaturesOfRfc9591AndNoOther(Curve curve, String file) {
        var vector = Vectors.json("rfc9591/" + file + ".json");
        var key = hex(vector.required("inputs"), "group_public_key");
        var message = hex(vector.required("inputs"), "message");
        var signature = hex(vector.required("final_output"), "sig");

        assertThat(IndependentVerifier.schnorr(curve, key, message, signature)).isTrue();
        assertThat(IndependentVerifier.schnorr(curve, key, new byte[] {1}, signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            var altered = signature.clone();
            altered[i] ^= 1;
            assertThat(IndependentVerifier.schnorr(curve, key, message, altered)).isFalse();
        }
        assertThat(IndependentVerifier.schnorr(curve, key, message, Arrays.copyOf(signature, 66))).isFalse();
    }

    @Test
    void acceptsTheEd25519SignatureOfRfc9591() {
        var vector = Vectors.json("rfc9591/frost-ed25519-sha512.json");

        assertThat(IndependentVerifier.ed25519(
                        hex(vector.required("inputs"), "group_public_key"),
                        hex(vector.required("inputs"), "message"),
                        hex(vector.required("final_output"), "sig")))
                .isTrue();
    }

    @Test
    void expandsMessagesAsRfc9380() {
        var vector = Vectors.json("rfc9380/expand_message_xmd_SHA256_38.json");
        var tag = vector.required("DST").asText().getBytes(UTF_8);

        assertThat(stream(vector.required("tests"))).isNotEmpty().allSatisfy(test -> assertThat(
                        IndependentVerifier.expandMessage(
                                test.required("msg").asText().getBytes(UTF_8),
                                tag,
                                Integer.decode(test.required("len_in_bytes").asText())))
                .isEqualTo(hex(test, "uniform_bytes")));
    }
}
