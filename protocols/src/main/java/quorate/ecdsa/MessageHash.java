package quorate.ecdsa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** h of a message: SHA-256, which every verifier of ECDSA on a 256-bit curve expects. Public data. */
public final class MessageHash {
    private MessageHash() {}

    public static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
