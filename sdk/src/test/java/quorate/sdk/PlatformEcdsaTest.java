package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.stream;

import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.testkit.vectors.Vectors;

/** Protocols.md 3.5: a signature of P-256 that the JDK refuses does not leave the combiner. */
class PlatformEcdsaTest {
    @Test
    void agreesWithWycheproof() {
        var groups = stream(Vectors.json("wycheproof/ecdsa_secp256r1_sha256_p1363.json").required("testGroups"))
                .toList();

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            var key = compressed(hex(group.required("publicKey"), "uncompressed"));
            assertThat(stream(group.required("tests"))).isNotEmpty().allSatisfy(test -> {
                var hash = MessageDigest.getInstance("SHA-256").digest(hex(test, "msg"));
                assertThat(PlatformEcdsa.verifiesP256(key, hash, hex(test, "sig")))
                        .isEqualTo(test.required("result").asText().equals("valid"));
            });
        });
    }

    @Test
    void refusesWhatIsAlteredInAnyPart() {
        var group = Groups.P256;
        for (int hashBytes : new int[] {1, 20, 32, 48, 64}) {
            var hash = new byte[hashBytes];
            Arrays.fill(hash, (byte) 0xa5);
            var key = group.multiplyBase(group.scalar(7)).encode();
            // By the book, with the nonce 5: s = (h + r*sk) / k.
            var encoded = group.multiplyBase(group.scalar(5)).encode();
            var r = group.reduce(Arrays.copyOfRange(encoded, 1, encoded.length));
            var h = group.reduce(Arrays.copyOf(hash, Math.min(hash.length, group.scalarBytes())));
            var s = h.plus(r.times(group.scalar(7))).times(group.scalar(5).inverse());
            var signature = Encoding.concat(r.encode(), s.encode());

            assertThat(PlatformEcdsa.verifiesP256(key, hash, signature)).isTrue();
            for (int at : new int[] {0, 31, 32, 63}) {
                assertThat(PlatformEcdsa.verifiesP256(key, hash, altered(signature, at))).isFalse();
            }
            assertThat(PlatformEcdsa.verifiesP256(key, altered(hash, 0), signature)).isFalse();
            assertThat(PlatformEcdsa.verifiesP256(altered(key, 0), hash, signature)).isFalse();
        }
    }

    private static byte[] altered(byte[] bytes, int at) {
        var altered = bytes.clone();
        altered[at] ^= 1;
        return altered;
    }

    private static byte[] compressed(byte[] uncompressed) {
        var compressed = Arrays.copyOf(uncompressed, Groups.P256.pointBytes());
        compressed[0] = (byte) (2 + (uncompressed[uncompressed.length - 1] & 1));
        return compressed;
    }
}
