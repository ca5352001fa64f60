package quorate.rsa;

import java.util.Arrays;

/**
 * RSAES-OAEP of RFC 8017 with a seed that is given: a ciphertext is a function of key, message and seed, so that
 * whoever
 * learns them can check it (protocols.md 8.1). Constant time in message and seed. Not thread-safe.
 */
public final class RsaEncryption {
    private final int modulusBytes;
    private final Montgomery modulus;

    public RsaEncryption(RsaRecipient recipient) {
        this.modulusBytes = recipient.kemBytes();
        this.modulus = new Montgomery(recipient.key().getModulus(), recipient.key().getPublicExponent());
    }

    /** The ciphertext, as long as the modulus. A seed serves once. */
    public byte[] encrypt(byte[] message, byte[] seed) {
        var em = Oaep.encode(message, seed, modulusBytes);
        try {
            return modulus.raise(em);
        } finally {
            Arrays.fill(em, (byte) 0);
        }
    }
}
