package quorate.node.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.stream;

import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.api.ProblemCode;
import quorate.ecdsa.EcdsaSignature;
import quorate.node.problem.ProblemException;
import quorate.testkit.vectors.Vectors;

/** Protocols.md 3.5: what does not verify by other people's code does not leave. */
class PlatformEcdsaTest {
    @ParameterizedTest
    @CsvSource({"secp256k1, ecdsa_secp256k1_sha256_p1363", "P-256, ecdsa_secp256r1_sha256_p1363"})
    void agreesWithWycheproof(String curve, String file) {
        var group = curve.equals("P-256") ? Groups.P256 : Groups.SECP256K1;
        var cases = stream(Vectors.json("wycheproof/" + file + ".json").required("testGroups")).toList();

        assertThat(cases).isNotEmpty().allSatisfy(some -> {
            var key = hex(some.required("publicKey"), "uncompressed");
            assertThat(stream(some.required("tests"))).isNotEmpty().allSatisfy(test -> {
                var hash = MessageDigest.getInstance("SHA-256").digest(hex(test, "msg"));
                assertThat(PlatformEcdsa.verifies(group, key, hash, hex(test, "sig")))
                        .isEqualTo(test.required("result").asText().equals("valid"));
            });
        });
    }

    @Test
    void letsNothingPassThatIsOfAnotherHashKeyOrSignature() {
        for (var group : new Group[] {Groups.SECP256K1, Groups.P256}) {
            for (int hashBytes : new int[] {1, 20, 32, 48, 64}) {
                var hash = new byte[hashBytes];
                Arrays.fill(hash, (byte) 0xa5);
                var key = group.multiplyBase(group.scalar(7));
                var good = sign(group, group.scalar(7), hash);

                assertThatCode(() -> PlatformEcdsa.require(good, key, hash)).doesNotThrowAnyException();
                var one = group.scalar(1);
                refuses(new EcdsaSignature(good.r().plus(one), good.s(), 0), key, hash);
                refuses(new EcdsaSignature(good.r(), good.s().plus(one), 0), key, hash);
                refuses(good, key.plus(group.generator()), hash);
                var other = hash.clone();
                other[0] ^= 1;
                refuses(good, key, other);
            }
        }
    }

    private static void refuses(EcdsaSignature signature, Point key, byte[] hash) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PlatformEcdsa.require(signature, key, hash))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.SIGNATURE_INVALID));
    }

    /** By the book, with the nonce 5: s = (h + r*sk) / k. */
    private static EcdsaSignature sign(Group group, Scalar key, byte[] hash) {
        var nonce = group.scalar(5);
        var encoded = group.multiplyBase(nonce).encode();
        var r = group.reduce(Arrays.copyOfRange(encoded, 1, encoded.length));
        var h = group.reduce(Arrays.copyOf(hash, Math.min(hash.length, group.scalarBytes())));
        return new EcdsaSignature(r, h.plus(r.times(key)).times(nonce.inverse()), 0);
    }
}
