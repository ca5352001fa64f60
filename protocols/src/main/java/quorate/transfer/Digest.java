package quorate.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as protocols.md 7.1 to 7.3 name it: of headers, blobs and RSA keys. Everything else is hashed by Transcript. */
final class Digest {
    static final int BYTES = 32;

    private Digest() {}

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this platform has no SHA-256", e);
        }
    }
}
