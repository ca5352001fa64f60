package quorate.frost;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 and SHA-512 over bare concatenations: only for what RFC 9591, BIP-340 and BIP-341 define
 * so. Everything else is hashed by {@link quorate.algebra.Transcript}.
 */
final class Sha2 {
    private Sha2() {}

    static byte[] sha256(byte[]... pieces) {
        return hash("SHA-256", pieces);
    }

    static byte[] sha512(byte[]... pieces) {
        return hash("SHA-512", pieces);
    }

    private static byte[] hash(String algorithm, byte[]... pieces) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            for (var piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this platform has no " + algorithm, e);
        }
    }
}
