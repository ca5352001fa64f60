package quorate.node.rsa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import quorate.node.identity.Bytes32;
import quorate.node.identity.OwnerOnly;
import quorate.node.identity.Pem;

/** An RSA private key of a PEM file ({@code PRIVATE KEY}, PKCS#8), at the place where its owner keeps it. */
public final class RsaDecryptor {
    private static final int LARGEST_FILE = 16 << 10;

    private final PrivateKey key;
    private final Bytes32 fingerprint;
    private final SecureRandom random;

    private RsaDecryptor(PrivateKey key, Bytes32 fingerprint, SecureRandom random) {
        this.key = key;
        this.fingerprint = fingerprint;
        this.random = random;
    }

    /**
     * Reads the key.
     *
     * @param random blinds the decryption
     * @throws IOException naming the file, if others can read it or it holds no such key
     */
    public static RsaDecryptor read(Path file, SecureRandom random) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + ": there is no such PEM file");
        }
        var exposure = OwnerOnly.exposure(file);
        if (exposure.isPresent()) {
            throw new IOException(exposure.get());
        }
        var text = Files.readAllBytes(file);
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
     * @throws IllegalArgumentException if it holds no such key
     */
    public static RsaDecryptor of(byte[] pkcs8, SecureRandom random) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            if (factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key) {
                var spki = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
                return new RsaDecryptor(key, Bytes32.sha256(spki.getEncoded()), random);
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

    /** That of its public half. */
    public Bytes32 fingerprint() {
        return fingerprint;
    }

    /** The k of a blob, for {@link RsaWrap#open}; the caller wipes it. Empty if it is not for this key. */
    public Optional<byte[]> unwrap(byte[] kem) {
        try {
            return Optional.of(RsaWrap.oaep(Cipher.DECRYPT_MODE, key, random).doFinal(kem));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "RsaDecryptor[" + fingerprint + ", redacted]";
    }
}
