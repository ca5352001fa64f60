package quorate.rsa;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** An RSA private key of a PEM file ({@code PRIVATE KEY}, PKCS#8) that only its owner can read. */
public final class PemRsaKey implements RsaDecryptor {
    private static final int LARGEST_FILE = 16 << 10;

    private final RawRsa key;
    private final Fingerprint fingerprint;

    private PemRsaKey(RawRsa key, Fingerprint fingerprint) {
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /**
     * Reads the key.
     *
     * @param random blinds the decryption
     * @throws IOException naming the file, if others can read it or it holds no such key
     */
    public static PemRsaKey read(Path file, SecureRandom random) throws IOException {
        var text = PrivateFile.read(file, LARGEST_FILE);
        var pkcs8 = new byte[0];
        try {
            pkcs8 = decode(file, text);
            return of(pkcs8, random);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": it is not an RSA private key");
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * The key of a PKCS#8 structure, which stays the caller's to wipe.
     *
     * @param random blinds the decryption
     * @throws IllegalArgumentException if it holds no such key
     */
    public static PemRsaKey of(byte[] pkcs8, SecureRandom random) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            if (factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key) {
                var modulus = key.getModulus();
                var spki = factory.generatePublic(new RSAPublicKeySpec(modulus, key.getPublicExponent()));
                int modulusBytes = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
                return new PemRsaKey(RawRsa.of(key, modulusBytes, random), Fingerprint.of(spki.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            // The cause may quote what it could not read.
        }
        throw new IllegalArgumentException("it is not an RSA private key");
    }

    private static byte[] decode(Path file, byte[] text) throws IOException {
        try {
            return Pem.decode(Pem.PRIVATE_KEY, text);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public Optional<byte[]> unwrap(byte[] kem) {
        return key.unwrap(kem);
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "PemRsaKey[" + fingerprint + ", redacted]";
    }
}
