package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published vectors: RFC 8032, section 7.1, and Wycheproof. */
class Ed25519VectorTest {
    private static final Path WYCHEPROOF = Path.of("..", "vectors", "wycheproof", "ed25519.json");
    private static final HexFormat HEX = HexFormat.of();

    private final Group group = EdwardsGroup.ed25519();

    /** Tests 1 to 3: secret seed, public key, message, signature. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, "
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', "
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, "
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, "
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, "
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, "
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void agreesWithRfc8032(String seed, String publicKey, String message, String signature) {
        var point = group.multiplyBase(Rfc8032.secretScalar(group, HEX.parseHex(seed)));
        assertThat(point).hasToString(publicKey);
        assertThat(Rfc8032.verify(group, point.encode(), HEX.parseHex(message), HEX.parseHex(signature)))
                .isTrue();
    }

    /** All verdicts are "valid" or "invalid"; the file has no "acceptable" one, and no key of small order. */
    @Test
    void agreesWithEveryVerdictOfWycheproof() throws IOException {
        var file = new ObjectMapper().readTree(WYCHEPROOF.toFile());
        int valid = 0;
        int invalid = 0;
        for (var tests : file.get("testGroups")) {
            var publicKey = HEX.parseHex(tests.get("publicKey").get("pk").asText());
            for (var test : tests.get("tests")) {
                var message = HEX.parseHex(test.get("msg").asText());
                var signature = HEX.parseHex(test.get("sig").asText());
                var result = test.get("result").asText();
                assertThat(result).isIn("valid", "invalid");
                assertThat(Rfc8032.verify(group, publicKey, message, signature))
                        .as("tcId %s %s", test.get("tcId"), test.get("flags"))
                        .isEqualTo(result.equals("valid"));
                valid += result.equals("valid") ? 1 : 0;
                invalid += result.equals("invalid") ? 1 : 0;
            }
        }
        assertThat(valid).isEqualTo(88);
        assertThat(invalid).isEqualTo(63);
    }
}
