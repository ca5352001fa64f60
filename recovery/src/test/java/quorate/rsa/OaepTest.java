package quorate.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.testkit.vectors.Vectors;

/** Our EME-OAEP against the JDK's, and against vectors/wycheproof. */
class OaepTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void decodesTheValidVectorsOfWycheproofAndNoneThatIsInvalid() throws Exception {
        for (int bits : new int[] {2048, 3072}) {
            var file = Vectors.json("wycheproof/rsa_oaep_" + bits + "_sha256_mgf1sha256.json");
            int checked = 0;
            for (var group : file.get("testGroups")) {
                var key = privateKey(group);
                for (var test : group.get("tests")) {
                    if (Vectors.hex(test, "label").length > 0) {
                        continue;
                    }
                    var message = Vectors.hex(test, "msg");
                    var em = raw(key, Vectors.hex(test, "ct"));
                    boolean valid = test.get("result").asText().equals("valid");
                    for (int length = 0; length <= Oaep.longest(bits / 8); length++) {
                        var expected = valid && length == message.length ? Optional.of(message) : Optional.empty();
                        assertThat(Oaep.decode(em.clone(), length))
                                .as("%s, %s bytes", test.get("tcId"), length)
                                .usingRecursiveComparison()
                                .isEqualTo(expected);
                    }
                    checked++;
                }
            }
            assertThat(checked).isGreaterThan(20);
        }
    }

    @Test
    void whatItEncodesTheJdkDecryptsAndTheOtherWayRound() throws Exception {
        var rsa = Vectors.known("rsa");
        var recipient = RsaRecipient.of(Vectors.hex(rsa, "spki"));
        var key = PemRsaKey.read(pem(Vectors.hex(rsa, "pkcs8")), RANDOM);
        var secret = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Vectors.hex(rsa, "pkcs8")));
        var jdk = Cipher.getInstance("RSA/ECB/OAEPPadding");
        var parameters =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        for (int round = 0; round < 50; round++) {
            var message = new byte[32];
            var seed = new byte[32];
            RANDOM.nextBytes(message);
            RANDOM.nextBytes(seed);

            var kem = new RsaEncryption(recipient).encrypt(message, seed);
            jdk.init(Cipher.DECRYPT_MODE, secret, parameters);
            assertThat(jdk.doFinal(kem)).isEqualTo(message);
            assertThat(key.unwrap(kem)).hasValue(message);

            jdk.init(Cipher.ENCRYPT_MODE, recipient.key(), parameters);
            assertThat(key.unwrap(jdk.doFinal(message))).hasValue(message);
            kem[round] ^= 1;
            assertThat(key.unwrap(kem)).isEmpty();
        }
    }

    @Test
    void answersNothingForWhatIsNoCiphertext() throws Exception {
        var rsa = Vectors.known("rsa");
        var key = PemRsaKey.read(pem(Vectors.hex(rsa, "pkcs8")), RANDOM);
        var allOnes = new byte[256];
        Arrays.fill(allOnes, (byte) 0xff);

        assertThat(key.unwrap(new byte[0])).isEmpty();
        assertThat(key.unwrap(new byte[255])).isEmpty();
        assertThat(key.unwrap(new byte[256])).isEmpty();
        assertThat(key.unwrap(allOnes)).isEmpty();
        assertThat(Oaep.decode(new byte[10], 32)).isEmpty();
    }

    @Test
    void refusesToEncodeWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Oaep.encode(new byte[191], new byte[32], 256));
        assertThatIllegalArgumentException().isThrownBy(() -> Oaep.encode(new byte[190], new byte[31], 256));
        assertThat(Oaep.encode(new byte[190], new byte[32], 256)).hasSize(256);
    }

    /** What a private key makes of a ciphertext; nothing if it is none. */
    private static byte[] raw(RSAPrivateCrtKey key, byte[] ciphertext) {
        int modulusBytes = key.getModulus().bitLength() / 8;
        var number = new BigInteger(1, ciphertext);
        if (ciphertext.length != modulusBytes || number.compareTo(key.getModulus()) >= 0) {
            return new byte[0];
        }
        return bytes(crt(key, number), modulusBytes);
    }

    private static BigInteger crt(RSAPrivateCrtKey key, BigInteger c) {
        var p = c.modPow(key.getPrimeExponentP(), key.getPrimeP());
        var q = c.modPow(key.getPrimeExponentQ(), key.getPrimeQ());
        return q.add(p.subtract(q)
                .multiply(key.getCrtCoefficient())
                .mod(key.getPrimeP())
                .multiply(key.getPrimeQ()));
    }

    private static byte[] bytes(BigInteger number, int length) {
        var raw = number.toByteArray();
        var bytes = new byte[length];
        int count = Math.min(raw.length, length);
        System.arraycopy(raw, raw.length - count, bytes, length - count, count);
        return bytes;
    }

    private static RSAPrivateCrtKey privateKey(JsonNode group) throws Exception {
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Vectors.hex(group, "privateKeyPkcs8")));
    }

    private Path pem(byte[] pkcs8) throws IOException {
        var file = folder.resolve("key.pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, Pem.encode(Pem.PRIVATE_KEY, pkcs8));
    }
}
