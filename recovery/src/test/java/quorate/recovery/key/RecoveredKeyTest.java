package quorate.recovery.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.recovery.KeyRecord;
import quorate.recovery.KeyScheme;
import quorate.rsa.Pem;
import quorate.testkit.vectors.Vectors;
import quorate.testkit.verify.IndependentVerifier;

/**
 * What a recovered key becomes: children by BIP-32 and SLIP-10, files that other code reads, signatures of a scalar.
 */
class RecoveredKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void derivesTheChildrenOfTheVectorsOfBip32() throws Exception {
        int checked = 0;
        for (var vector : Vectors.json("bip32/test-vectors.json").required("vectors")) {
            var chains = vector.required("chains");
            var root = extended(chains.get(0).required("xprv").asText());
            for (var chain : chains) {
                var expected = extended(chain.required("xprv").asText());
                try (var scope = new Secrets()) {
                    var child = key(Groups.SECP256K1, KeyScheme.ECDSA, root.key(), root.chainCode(), scope)
                            .descendant(ChildPath.parse(chain.required("path").asText().replace("H", "'")));
                    assertThat(child.exposeScalar()).isEqualTo(expected.key());
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(10);
    }

    @Test
    void hardenedChildrenOfAnEd25519ScalarDoNotExist() {
        try (var scope = new Secrets()) {
            var key = key(Groups.ED25519, KeyScheme.SCHNORR, littleEndian(7), new byte[32], scope);
            assertThat(key.descendant(ChildPath.parse("m/1/2")).publicKey()).isNotEqualTo(key.publicKey());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> key.descendant(ChildPath.parse("m/1'")))
                    .withMessageContaining("no hardened");
        }
        for (var wrong : List.of("", "0/1", "m/", "m/x", "m/2147483648", "m/-1", "m" + "/0".repeat(17))) {
            assertThatIllegalArgumentException().isThrownBy(() -> ChildPath.parse(wrong));
        }
        assertThat(ChildPath.parse("m/44h/0/5").toString()).isEqualTo("m/44'/0/5");
    }

    @Test
    void writesTheWifOfTheWiki() {
        // Bitcoin wiki, "Wallet import format", private key of the example, here for a compressed public key.
        var scalar = HEX.parseHex("0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d");
        assertThat(text(KeyFormat.WIF, Groups.SECP256K1, KeyScheme.ECDSA, scalar))
                .isEqualTo("KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617\n");
    }

    @Test
    void writesPemThatOtherLibrariesRead() throws Exception {
        var scalar = HEX.parseHex("00c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f67");
        var pkcs8 = Pem.decode(
                Pem.PRIVATE_KEY,
                text(KeyFormat.PEM, Groups.P256, KeyScheme.ECDSA, scalar).getBytes(StandardCharsets.US_ASCII));
        var jdk = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        assertThat(jdk.getS()).isEqualTo(new BigInteger(1, scalar));
        for (var group : List.of(Groups.P256, Groups.SECP256K1)) {
            var sec1 = Pem.decode(
                    "EC PRIVATE KEY",
                    text(KeyFormat.SEC1, group, KeyScheme.ECDSA, scalar).getBytes(StandardCharsets.US_ASCII));
            assertThat(org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(sec1).getKey())
                    .isEqualTo(new BigInteger(1, scalar));
        }
    }

    @Test
    void writesAKeystoreThatOpensWithItsPassword() throws Exception {
        var scalar = HEX.parseHex("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
        var json = new ObjectMapper()
                .readTree(text(KeyFormat.KEYSTORE, Groups.SECP256K1, KeyScheme.ECDSA, scalar));
        // The example key of the Web3 Secret Storage definition and its address.
        assertThat(json.required("address").asText()).isEqualTo("008aeeda4d805471df9b2a5b0f38a0c3bcba786b");
        var crypto = json.required("crypto");
        var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        var kdf = crypto.required("kdfparams");
        var password = "pässword".getBytes(StandardCharsets.UTF_8);
        generator.init(password, Vectors.hex(kdf, "salt"), kdf.required("c").asInt());
        var derived = ((KeyParameter) generator.generateDerivedParameters(256)).getKey();
        var sealed = Vectors.hex(crypto, "ciphertext");
        assertThat(keccak(concat(Arrays.copyOfRange(derived, 16, 32), sealed))).isEqualTo(Vectors.hex(crypto, "mac"));
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(derived, 0, 16, "AES"),
                new IvParameterSpec(Vectors.hex(crypto.required("cipherparams"), "iv")));
        assertThat(cipher.doFinal(sealed)).isEqualTo(scalar);
    }

    @Test
    void keccakIsThatOfBouncyCastle() {
        for (int length = 0; length < 300; length++) {
            var input = new byte[length];
            RANDOM.nextBytes(input);
            assertThat(Keccak256.of(input)).isEqualTo(keccak(input));
        }
    }

    @Test
    void formatsThatAKeyCannotHaveAreRefused() {
        for (var format : List.of(KeyFormat.PEM, KeyFormat.SEC1, KeyFormat.WIF, KeyFormat.KEYSTORE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> text(format, Groups.ED25519, KeyScheme.SCHNORR, littleEndian(5)))
                    .withMessageContaining("recovery sign");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(KeyFormat.WIF, Groups.P256, KeyScheme.ECDSA, bigEndian(5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(KeyFormat.KEYSTORE, Groups.SECP256K1, KeyScheme.BIP340, bigEndian(5)));
    }

    @Test
    void aScalarSignsForVerifiersOfRfc8032() {
        for (int round = 0; round < 20; round++) {
            var scalar = littleEndian(1 + RANDOM.nextLong(Long.MAX_VALUE - 1));
            var message = new byte[round * 7];
            RANDOM.nextBytes(message);

            var signed = ScalarSigner.sign(scalar, message, RANDOM);

            assertThat(IndependentVerifier.ed25519(signed.publicKey(), message, signed.signature())).isTrue();
            assertThat(ScalarSigner.sign(scalar, message, RANDOM).signature()).isNotEqualTo(signed.signature());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ScalarSigner.sign(new byte[32], new byte[0], RANDOM));
        assertThatIllegalArgumentException().isThrownBy(() -> ScalarSigner.sign(new byte[31], new byte[0], RANDOM));
    }

    private record Extended(byte[] key, byte[] chainCode) {}

    private static Extended extended(String xprv) {
        var number = BigInteger.ZERO;
        for (int i = 0; i < xprv.length(); i++) {
            number = number.multiply(BigInteger.valueOf(58))
                    .add(BigInteger.valueOf("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".indexOf(xprv.charAt(i))));
        }
        var bytes = HEX.parseHex("%0164x".formatted(number));
        return new Extended(Arrays.copyOfRange(bytes, 46, 78), Arrays.copyOfRange(bytes, 13, 45));
    }

    private static RecoveredKey key(Group group, KeyScheme scheme, byte[] scalar, byte[] chainCode, Secrets scope) {
        try {
            var secret = group.decodeSecret(scope, scalar);
            Scalar one = group.scalar(1);
            var shares = List.of(group.multiplyBase(one), group.multiplyBase(one));
            var record = new KeyRecord(scheme, "k", 0, 1, group.multiplyBase(secret), chainCode, shares);
            return RecoveredKey.of(record, secret, scope);
        } catch (quorate.algebra.DecodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(KeyFormat format, Group group, KeyScheme scheme, byte[] scalar) {
        try (var scope = new Secrets()) {
            var key = key(group, scheme, scalar, new byte[32], scope);
            return new String(format.write(key, "pässword".toCharArray(), RANDOM), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] keccak(byte[] input) {
        var digest = new KeccakDigest(256);
        digest.update(input, 0, input.length);
        var hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] bigEndian(long value) {
        return HEX.parseHex("%064x".formatted(value));
    }

    private static byte[] littleEndian(long value) {
        var bytes = new byte[32];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }
}
