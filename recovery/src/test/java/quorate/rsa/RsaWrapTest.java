package quorate.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.testkit.vectors.Vectors;

/**
 * The wrap of protocols.md 7.1, and the keys that it takes; known answers: vectors/quorate/project-kat.json, export.
 */
class RsaWrapTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SPKI = Vectors.hex(Vectors.known("rsa"), "spki");

    @TempDir
    private Path folder;

    @Test
    void opensTheBlobOfTheKnownAnswers() throws Exception {
        var export = Vectors.known("export");
        var blob = Vectors.hex(export, "blob");
        var header = Vectors.hex(export, "header");
        var recipient = RsaRecipient.of(SPKI);
        var decryptor = PemRsaKey.read(privateKey(), RANDOM);

        var k = decryptor.unwrap(RsaWrap.kem(blob).orElseThrow()).orElseThrow();

        assertThat(decryptor.fingerprint()).isEqualTo(recipient.fingerprint());
        assertThat(recipient.isShort()).isTrue();
        assertThat(k).isEqualTo(Vectors.hex(export, "k"));
        assertThat(RsaWrap.open(blob, k, recipient.fingerprint(), header))
                .hasValueSatisfying(share -> assertThat(share).hasSize(32));
        assertThat(blob).hasSize(RsaWrap.blobBytes(recipient, 32));
    }

    @Test
    void opensWhatItWrapsAndNothingThatWasChanged() throws Exception {
        var recipient = RsaRecipient.of(SPKI);
        var decryptor = PemRsaKey.read(privateKey(), RANDOM);
        var plain = new byte[] {1, 2, 3};
        var blob = RsaWrap.wrap(recipient, new byte[] {9}, plain, RANDOM);
        var k = decryptor.unwrap(RsaWrap.kem(blob).orElseThrow()).orElseThrow();
        var id = recipient.fingerprint();

        assertThat(RsaWrap.open(blob, k, id, new byte[] {9})).hasValue(plain);
        assertThat(RsaWrap.open(blob, k, id, new byte[] {8})).isEmpty();
        assertThat(RsaWrap.open(blob, k, Fingerprint.of(new byte[0]), new byte[] {9})).isEmpty();
        assertThat(RsaWrap.open(blob, new byte[31], id, new byte[] {9})).isEmpty();
        for (int at = 0; at < blob.length; at++) {
            var changed = blob.clone();
            changed[at] ^= 1;
            boolean inKem = at >= 3 && at < 3 + recipient.kemBytes();
            var opened = inKem
                    ? decryptor.unwrap(RsaWrap.kem(changed).orElseThrow())
                    : RsaWrap.open(changed, k, id, new byte[] {9});
            assertThat(opened).as("byte " + at).isEmpty();
            if (inKem) {
                at += 15;
            }
        }
        for (int length = 0; length < blob.length; length++) {
            assertThat(RsaWrap.open(Arrays.copyOf(blob, length), k, id, new byte[] {9})).isEmpty();
        }
    }

    @Test
    void takes2048And3072AndNoOtherLength() throws Exception {
        assertThat(RsaRecipient.of(spki(3072)).isShort()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> RsaRecipient.of(spki(1024))).withMessageContaining("1024");
        assertThatIllegalArgumentException().isThrownBy(() -> RsaRecipient.of(spki(2056))).withMessageContaining("2056");
    }

    @Test
    void refusesWeakKeysAndOtherEncodings() throws Exception {
        var n = new BigInteger(1, Vectors.hex(Vectors.known("rsa"), "n"));
        var e = BigInteger.valueOf(65537);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaRecipient.of(spki(n, BigInteger.valueOf(3))))
                .withMessageContaining("exponent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaRecipient.of(spki(n, BigInteger.ONE.shiftLeft(32).add(BigInteger.ONE))))
                .withMessageContaining("exponent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaRecipient.of(spki(multipleOf(65521), e)))
                .withMessageContaining("small factor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaRecipient.of(Arrays.copyOf(SPKI, SPKI.length - 1)));
        var longer = Arrays.copyOf(SPKI, SPKI.length + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> RsaRecipient.of(longer));
        var ec = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
        assertThatIllegalArgumentException().isThrownBy(() -> RsaRecipient.of(ec));
    }

    @Test
    void findsTheFingerprintOfRoca() {
        var good = new BigInteger(1, Vectors.hex(Vectors.known("rsa"), "n"));
        var primes = new int[] {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};
        var product = BigInteger.ONE;
        for (int prime : primes) {
            product = product.multiply(BigInteger.valueOf(prime));
        }
        var flawed = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(123_457), product)
                .add(product.multiply(BigInteger.TWO.pow(1900)));

        assertThat(WeakModulus.hasRocaFingerprint(good)).isFalse();
        assertThat(WeakModulus.hasRocaFingerprint(flawed)).isTrue();
    }

    @Test
    void readsAPublicKeyFileAndNamesAFileThatIsNone() throws Exception {
        var file = folder.resolve("key.pem");
        Files.writeString(file, pem("PUBLIC KEY", SPKI));
        var other = Files.writeString(folder.resolve("other.pem"), "hello");

        assertThat(RsaRecipient.read(file).spki()).isEqualTo(SPKI);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RsaRecipient.read(other))
                .withMessageContaining("other.pem");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RsaRecipient.read(folder.resolve("none.pem")))
                .withMessageContaining("none.pem");
    }

    @Test
    void refusesAPrivateKeyFileThatOthersCanRead() throws Exception {
        var file = privateKey();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PemRsaKey.read(file, RANDOM))
                .withMessageContaining("chmod 600");
    }

    private Path privateKey() throws IOException, GeneralSecurityException {
        var rsa = Vectors.known("rsa");
        var p = new BigInteger(1, Vectors.hex(rsa, "p"));
        var q = new BigInteger(1, Vectors.hex(rsa, "q"));
        var e = BigInteger.valueOf(65537);
        var p1 = p.subtract(BigInteger.ONE);
        var q1 = q.subtract(BigInteger.ONE);
        var d = e.modInverse(p1.multiply(q1));
        var key = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        p.multiply(q), e, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)));
        var file = folder.resolve("private.pem");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static byte[] spki(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    private static byte[] spki(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                .getEncoded();
    }

    private static BigInteger multipleOf(int prime) {
        var factor = BigInteger.valueOf(prime);
        return BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE).divide(factor).multiply(factor);
    }
}
