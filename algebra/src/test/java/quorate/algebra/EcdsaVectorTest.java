package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wycheproof's ECDSA signatures, r and s as 32 bytes each, through a verifier that knows nothing but {@link Group}. */
class EcdsaVectorTest {
    private static final Path VECTORS = Path.of("..", "vectors", "wycheproof");
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({"secp256k1, secp256k1, 167, 85", "P-256, secp256r1, 173, 89"})
    void agreesWithEveryVerdictOfWycheproof(String name, String curve, int expectedValid, int expectedInvalid)
            throws IOException, DecodingException {
        var group = name.equals("P-256") ? WeierstrassGroup.p256() : WeierstrassGroup.secp256k1();
        var file = VECTORS.resolve("ecdsa_" + curve + "_sha256_p1363.json").toFile();
        int valid = 0;
        int invalid = 0;
        for (var tests : new ObjectMapper().readTree(file).get("testGroups")) {
            var key = publicKey(group, tests.get("publicKey").get("uncompressed"));
            for (var test : tests.get("tests")) {
                boolean verdict = verifies(group, key, bytes(test.get("msg")), bytes(test.get("sig")));
                var result = test.get("result").asText();
                assertThat(result).isIn("valid", "invalid");
                assertThat(verdict)
                        .as("tcId %s %s", test.get("tcId"), test.get("flags"))
                        .isEqualTo(result.equals("valid"));
                valid += verdict ? 1 : 0;
                invalid += verdict ? 0 : 1;
            }
        }
        assertThat(valid).isEqualTo(expectedValid);
        assertThat(invalid).isEqualTo(expectedInvalid);
    }

    /** FIPS 186-5, section 6.4.2: u1·G + u2·Q has x = r mod q. */
    private static boolean verifies(Group group, Point key, byte[] message, byte[] signature) {
        if (signature.length != 2 * group.scalarBytes()) {
            return false;
        }
        Scalar r;
        Scalar s;
        try {
            r = group.decodeScalar(Arrays.copyOf(signature, 32));
            s = group.decodeScalar(Arrays.copyOfRange(signature, 32, 64));
        } catch (DecodingException notBelowTheOrder) {
            return false;
        }
        if (r.isZero() || s.isZero()) {
            return false;
        }
        var e = group.reduce(sha256(message));
        var point = group.multiplyBase(e.times(s.inverse())).plus(key.times(r.times(s.inverse())));
        return !point.isIdentity() && group.reduce(Arrays.copyOfRange(point.encode(), 1, 33)).equals(r);
    }

    /** 04 || x || y, compressed by its y. */
    private static Point publicKey(Group group, JsonNode uncompressed) throws DecodingException {
        var bytes = bytes(uncompressed);
        assertThat(bytes).hasSize(65).startsWith(4);
        var compressed = Arrays.copyOf(bytes, 33);
        compressed[0] = (byte) (2 + (bytes[64] & 1));
        return group.decodePoint(compressed);
    }

    private static byte[] bytes(JsonNode hex) {
        return HEX.parseHex(hex.asText());
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
