package quorate.rsa;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/**
 * An RSA public key to which secrets may be sealed. An instance exists only for a key that keeps the rules of
 * protocols.md 7.1: "3072 or 4096 bits (2048 accepted with warning), odd e >= 65537, e &lt; 2^32, no prime factor below
 * 2^16, not the ROCA fingerprint", in the strict encoding of a SubjectPublicKeyInfo.
 */
public final class RsaRecipient {
    private static final List<Integer> MODULUS_BITS = List.of(2048, 3072, 4096);
    private static final int WEAKEST_BITS = 2048;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);
    private static final int EXPONENT_BITS = 32;
    private static final int LARGEST_FILE = 16 << 10;

    private final RSAPublicKey key;
    private final byte[] spki;
    private final Fingerprint fingerprint;

    private RsaRecipient(RSAPublicKey key, byte[] spki) {
        this.key = key;
        this.spki = spki;
        this.fingerprint = Fingerprint.of(spki);
    }

    /**
     * The key of a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException saying which rule it breaks
     */
    public static RsaRecipient of(byte[] spki) {
        PublicKey parsed;
        try {
            parsed = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is not an RSA public key", e);
        }
        if (!(parsed instanceof RSAPublicKey key)) {
            throw new IllegalArgumentException("it is not an RSA public key");
        }
        // "re-encode what was parsed and refuse if it differs": one key has one fingerprint.
        require(MessageDigest.isEqual(key.getEncoded(), spki), "its encoding is not the strict one");
        var modulus = key.getModulus();
        var exponent = key.getPublicExponent();
        require(
                MODULUS_BITS.contains(modulus.bitLength()),
                "it has " + modulus.bitLength() + " bits; 3072 or 4096 are wanted, 2048 are accepted");
        require(
                exponent.testBit(0)
                        && exponent.compareTo(LEAST_EXPONENT) >= 0
                        && exponent.bitLength() <= EXPONENT_BITS,
                "its exponent is not odd and between 65537 and 2^32");
        require(!WeakModulus.hasSmallFactor(modulus), "its modulus has a small factor");
        require(!WeakModulus.hasRocaFingerprint(modulus), "it was made by a generator with the ROCA flaw");
        return new RsaRecipient(key, spki.clone());
    }

    /**
     * The key of a PEM file ({@code PUBLIC KEY}).
     *
     * @throws IOException naming the file, if it cannot be read or holds no key that may be used
     */
    public static RsaRecipient read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + ": there is no such PEM file");
        }
        try {
            return of(Pem.decode(Pem.PUBLIC_KEY, Files.readAllBytes(file)));
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** SHA-256 of the SubjectPublicKeyInfo: how lists and files name the key. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Whether who holds the private half of one also holds that of the other. */
    public boolean hasModulusOf(RsaRecipient other) {
        return key.getModulus().equals(other.key.getModulus());
    }

    public byte[] spki() {
        return spki.clone();
    }

    /** Whether it is of the shortest length that is accepted, which whoever uses it is told. */
    public boolean isShort() {
        return key.getModulus().bitLength() <= WEAKEST_BITS;
    }

    /** How long a wrapped key is. */
    public int kemBytes() {
        return key.getModulus().bitLength() / Byte.SIZE;
    }

    /** As the JDK knows it. */
    public RSAPublicKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "RsaRecipient[" + fingerprint() + "]";
    }
}
