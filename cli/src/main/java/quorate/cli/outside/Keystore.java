package quorate.cli.outside;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import quorate.algebra.Encoding;
import quorate.api.Json;

/** Version 3 of the Web3 Secret Storage Definition: AES-128-CTR under a password, stretched with scrypt or PBKDF2. */
final class Keystore {
    private static final int VERSION = 3;
    private static final int DERIVED_BYTES = 32;
    private static final int HALF = 16;
    private static final int BYTE_BITS = 8;
    /** What wallets write is 2^18; more than this would only make this program slow. */
    private static final int MOST_COST = 1 << 22;

    private static final long MOST_MEMORY = 1L << 30;

    private Keystore() {}

    /** The private key, 32 bytes. The caller wipes it. */
    static byte[] open(byte[] json, byte[] password) throws UnreadableKey {
        try {
            var tree = Json.strictMapper().readTree(json);
            var crypto = tree.has("crypto") ? tree.path("crypto") : tree.path("Crypto");
            require(tree.path("version").asInt() == VERSION, "it is no keystore of version 3");
            require(crypto.path("cipher").asText().equals("aes-128-ctr"), "its cipher is not aes-128-ctr");
            var ciphertext = hex(crypto, "ciphertext");
            var derived = derive(crypto, password);
            try {
                var mac = keccak(Encoding.concat(Arrays.copyOfRange(derived, HALF, DERIVED_BYTES), ciphertext));
                require(MessageDigest.isEqual(mac, hex(crypto, "mac")), "the password is wrong, or the file is damaged");
                var cipher = Cipher.getInstance("AES/CTR/NoPadding");
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        new SecretKeySpec(derived, 0, HALF, "AES"),
                        new IvParameterSpec(hex(crypto.path("cipherparams"), "iv")));
                return cipher.doFinal(ciphertext);
            } finally {
                Arrays.fill(derived, (byte) 0);
            }
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            throw new UnreadableKey("it is not a keystore that this program understands");
        }
    }

    private static byte[] derive(JsonNode crypto, byte[] password) throws UnreadableKey {
        var params = crypto.path("kdfparams");
        var salt = hex(params, "salt");
        require(params.path("dklen").asInt() == DERIVED_BYTES, "its key has another length than 32 bytes");
        return switch (crypto.path("kdf").asText()) {
            case "scrypt" -> {
                int n = params.path("n").asInt();
                int r = params.path("r").asInt();
                int p = params.path("p").asInt();
                boolean bounded = n > 1 && n <= MOST_COST && r >= 1 && p >= 1 && p <= HALF && 128L * n * r <= MOST_MEMORY;
                // RFC 7914, section 2: N < 2^(128·r/8).
                require(bounded && (r > 1 || n < 1 << 16), "its scrypt parameters are out of range");
                yield SCrypt.generate(password, salt, n, r, p, DERIVED_BYTES);
            }
            case "pbkdf2" -> {
                int c = params.path("c").asInt();
                require(c >= 1 && c <= MOST_COST, "its PBKDF2 count is out of range");
                require(params.path("prf").asText().equals("hmac-sha256"), "its PBKDF2 is not of HMAC-SHA-256");
                var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
                generator.init(password, salt, c);
                yield ((KeyParameter) generator.generateDerivedMacParameters(DERIVED_BYTES * BYTE_BITS)).getKey();
            }
            default -> throw new UnreadableKey("its key derivation is neither scrypt nor pbkdf2");
        };
    }

    private static byte[] keccak(byte[] input) {
        var digest = new KeccakDigest(DERIVED_BYTES * BYTE_BITS);
        digest.update(input, 0, input.length);
        Arrays.fill(input, (byte) 0);
        var output = new byte[DERIVED_BYTES];
        digest.doFinal(output, 0);
        return output;
    }

    private static byte[] hex(JsonNode node, String member) {
        return HexFormat.of().parseHex(node.path(member).asText().toLowerCase(Locale.ROOT));
    }

    private static void require(boolean holds, String otherwise) throws UnreadableKey {
        if (!holds) {
            throw new UnreadableKey(otherwise);
        }
    }
}
