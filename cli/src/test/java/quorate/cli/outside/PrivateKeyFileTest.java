package quorate.cli.outside;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Lagrange;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.derive.Path;
import quorate.key.Scheme;
import quorate.rsa.PemRsaKey;
import quorate.rsa.RsaWrap;
import quorate.transfer.ExportHeader;
import quorate.transfer.ExportTerms;
import quorate.transfer.Mode;

/** Known answers of the specifications of the formats. */
class PrivateKeyFileTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SECRET = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7519fe9d";

    /** https://en.bitcoin.it/wiki/Wallet_import_format. */
    @Test
    void readsTheWalletImportFormat() throws Exception {
        var key = "0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d";
        var text = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
        assertThat(read(PrivateKeyFormat.WIF, text)).isEqualTo(key);
        assertThat(read(PrivateKeyFormat.WIF, "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617\n")).isEqualTo(key);
        refuses(PrivateKeyFormat.WIF, text.replace('x', 'y'));
        refuses(PrivateKeyFormat.WIF, text + "0");
        refuses(PrivateKeyFormat.WIF, "");
        // An address is Base58Check too.
        refuses(PrivateKeyFormat.WIF, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT");
    }

    /** Test vectors of the Web3 Secret Storage Definition. */
    @Test
    void readsKeystores() throws Exception {
        var pbkdf2 = """
                {"crypto": {"cipher": "aes-128-ctr", "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
                "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46", "kdf": "pbkdf2",
                "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256",
                "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
                "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
                "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}""";
        assertThat(read(PrivateKeyFormat.KEYSTORE, pbkdf2, "testpassword")).startsWith("7a28b5ba57c53603b0b07b56bba752f7");
        refuses(PrivateKeyFormat.KEYSTORE, pbkdf2, "otherpassword");
        refuses(PrivateKeyFormat.KEYSTORE, pbkdf2.replace("\"version\": 3", "\"version\": 1"), "testpassword");
        refuses(PrivateKeyFormat.KEYSTORE, pbkdf2.replace("262144", "999999999"), "testpassword");
        refuses(PrivateKeyFormat.KEYSTORE, pbkdf2.replace("aes-128-ctr", "aes-128-cbc"), "testpassword");
        refuses(PrivateKeyFormat.KEYSTORE, "{", "testpassword");
        assertThat(read(PrivateKeyFormat.KEYSTORE, scrypt(8), "testpassword")).isEqualTo(SECRET);
        refuses(PrivateKeyFormat.KEYSTORE, scrypt(8), "otherpassword");
        refuses(PrivateKeyFormat.KEYSTORE, scrypt(8).replace("\"r\": 8", "\"r\": 0"), "testpassword");
        refuses(PrivateKeyFormat.KEYSTORE, scrypt(8).replace("\"n\": 16384", "\"n\": 16383"), "testpassword");
    }

    /** As wallets write it, for the secret of this test. */
    private static String scrypt(int r) throws Exception {
        var salt = new byte[32];
        var derived = SCrypt.generate("testpassword".getBytes(US_ASCII), salt, 1 << 14, r, 1, 32);
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(new byte[16]));
        var ciphertext = cipher.doFinal(HEX.parseHex(SECRET));
        var keccak = new KeccakDigest(256);
        keccak.update(derived, 16, 16);
        keccak.update(ciphertext, 0, ciphertext.length);
        var mac = new byte[32];
        keccak.doFinal(mac, 0);
        return """
                {"crypto": {"cipher": "aes-128-ctr", "cipherparams": {"iv": "%s"}, "ciphertext": "%s", "kdf": "scrypt",
                "kdfparams": {"dklen": 32, "n": 16384, "p": 1, "r": %d, "salt": "%s"}, "mac": "%s"}, "version": 3}"""
                .formatted(
                        "00".repeat(16), HEX.formatHex(ciphertext), r, HEX.formatHex(salt), HEX.formatHex(mac));
    }

    /** RFC 8032, 7.1, test 1: the public key of the scalar is that of the seed. */
    @Test
    void expandsSeedsOfEd25519() throws Exception {
        var seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        var file = seed.getBytes(US_ASCII);
        try (var found = PrivateKeyFile.read(PrivateKeyFormat.ED25519_SEED, file, Groups.SECP256K1, () -> file);
                var scope = new Secrets()) {
            assertThat(found.wasExpanded()).isTrue();
            var scalar = Groups.ED25519.reduceSecret(scope, found.scalar());
            assertThat(HEX.formatHex(Groups.ED25519.multiplyBase(scalar).encode()))
                    .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        }
        refuses(PrivateKeyFormat.ED25519_SEED, seed + "00");
    }

    @Test
    void readsRawKeys() throws Exception {
        assertThat(read(PrivateKeyFormat.RAW, SECRET)).isEqualTo(SECRET);
        assertThat(read(PrivateKeyFormat.RAW, "0x" + SECRET + "\n")).isEqualTo(SECRET);
        var bytes = HEX.parseHex(SECRET);
        try (var found = PrivateKeyFile.read(PrivateKeyFormat.RAW, bytes, Groups.P256, () -> bytes)) {
            assertThat(found.scalar()).isEqualTo(bytes);
        }
        refuses(PrivateKeyFormat.RAW, SECRET.substring(1));
        refuses(PrivateKeyFormat.RAW, SECRET.replace('a', 'x'));
    }

    @Test
    void readsPem() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var expected = ((ECPrivateKey) pair.getPrivate()).getS();
        var pkcs8 = pair.getPrivate().getEncoded();
        assertThat(new java.math.BigInteger(1, HEX.parseHex(read(PrivateKeyFormat.PEM, pem("PRIVATE KEY", pkcs8)))))
                .isEqualTo(expected);
        var sec1 = HEX.parseHex("302e0201010420" + SECRET + "a00706052b8104000a");
        assertThat(read(PrivateKeyFormat.PEM, pem("EC PRIVATE KEY", sec1))).isEqualTo(SECRET);
        refuses(PrivateKeyFormat.PEM, pem("PRIVATE KEY", sec1));
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
        refuses(PrivateKeyFormat.PEM, pem("PRIVATE KEY", rsa));
        // RFC 8410, 10.3.
        var ed25519 =
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
                -----END PRIVATE KEY-----
                """;
        var file = ed25519.getBytes(US_ASCII);
        try (var found = PrivateKeyFile.read(PrivateKeyFormat.PEM, file, Groups.P256, () -> file);
                var scope = new Secrets()) {
            assertThat(found.wasExpanded()).isTrue();
            var scalar = Groups.ED25519.reduceSecret(scope, found.scalar());
            assertThat(Base64.getEncoder().encodeToString(Groups.ED25519.multiplyBase(scalar).encode()))
                    .isEqualTo("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
        }
    }

    /** What is wrapped are shares of the key: any threshold of them are the key, and the file was wiped. */
    @Test
    void wrapsSharesOfTheKey() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var nodes = List.of(generator.generateKeyPair(), generator.generateKeyPair(), generator.generateKeyPair());
        var keys = nodes.stream().map(pair -> Bytes.of(pair.getPublic().getEncoded())).toList();
        var random = new SecureRandom();
        var bytes = HEX.parseHex(SECRET);
        try (var found = PrivateKeyFile.read(PrivateKeyFormat.RAW, bytes, Groups.SECP256K1, () -> bytes);
                var scope = new Secrets()) {
            var terms = new ExportTerms(
                    Mode.MOVE,
                    keys.stream().map(key -> ExportHeader.hash(key.toArray())).toList(),
                    "",
                    "default",
                    2_000_000_000L,
                    Path.ROOT);
            var wrapped = new KeyWrapping(random)
                    .wrap(found, new KeyWrapping.Order(Scheme.ECDSA, new byte[0], 2, "k", terms), keys);
            assertThat(wrapped.source()).isEmpty();
            var shares = new ArrayList<SecretScalar>();
            for (var share : wrapped.shares().values()) {
                var decryptor = PemRsaKey.of(nodes.get(share.index() - 1).getPrivate().getEncoded(), random);
                var blob = share.blob().toArray();
                var k = decryptor.unwrap(RsaWrap.kem(blob).orElseThrow()).orElseThrow();
                var y = RsaWrap.open(blob, k, decryptor.fingerprint(), share.header().toArray()).orElseThrow();
                shares.add(Groups.SECP256K1.decodeSecret(scope, y));
            }
            var group = Groups.SECP256K1;
            var indices = new TreeSet<>(List.of(2, 3));
            var secret = shares.get(1).times(Lagrange.atZero(group, indices, 2))
                    .plus(shares.get(2).times(Lagrange.atZero(group, indices, 3)));
            assertThat(HEX.formatHex(secret.publish().encode())).isEqualTo(SECRET);
        }
    }

    @Test
    void refusesScalarsThatAreNone() throws Exception {
        for (var scalar : List.of("00".repeat(32), "ff".repeat(32))) {
            var bytes = HEX.parseHex(scalar);
            try (var found = PrivateKeyFile.read(PrivateKeyFormat.RAW, bytes, Groups.SECP256K1, () -> bytes)) {
                var order = new KeyWrapping.Order(
                        Scheme.ECDSA,
                        new byte[0],
                        2,
                        "k",
                        new ExportTerms(Mode.MOVE, List.of(), "", "default", 1, Path.ROOT));
                assertThatThrownBy(() -> new KeyWrapping(new SecureRandom()).wrap(found, order, List.of()))
                        .isInstanceOf(UnreadableKey.class)
                        .hasMessageNotContaining(scalar);
            }
        }
    }

    private static String pem(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static String read(PrivateKeyFormat format, String content) throws UnreadableKey {
        return read(format, content, "");
    }

    private static String read(PrivateKeyFormat format, String content, String password) throws UnreadableKey {
        Group curve = Groups.SECP256K1;
        try (var found = PrivateKeyFile.read(
                format, content.getBytes(US_ASCII), curve, () -> password.getBytes(US_ASCII))) {
            assertThat(found.wasExpanded()).isFalse();
            return HEX.formatHex(Arrays.copyOf(found.scalar(), found.scalar().length));
        }
    }

    private static void refuses(PrivateKeyFormat format, String content) {
        refuses(format, content, "");
    }

    private static void refuses(PrivateKeyFormat format, String content, String password) {
        assertThatThrownBy(() -> read(format, content, password)).isInstanceOf(UnreadableKey.class);
    }
}
