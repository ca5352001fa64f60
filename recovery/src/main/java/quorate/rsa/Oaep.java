package quorate.rsa;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.ConstantTime;

/**
 * EME-OAEP of RFC 8017 7.1 with SHA-256, MGF1-SHA-256 and the empty label. Our own, because a proof encrypts with a
 * seed
 * that it states and encrypts again to verify (protocols.md 8.1), and because tokens give raw RSA results only.
 *
 * <p>Decoding takes the same time for whatever a ciphertext became, and has one answer for all that can be wrong: what
 * differed would be the oracle of Manger (CRYPTO 2001). Assumes a modulus of a whole number of bytes.
 */
@ConstantTime
public final class Oaep {
    /** hLen. */
    public static final int SEED_BYTES = 32;

    private static final int HASH_BYTES = 32;
    private static final int COUNTER_BYTES = 4;

    /** SHA-256 of the empty label. */
    private static final byte[] LABEL_HASH = Fingerprint.sha256(new byte[0]);

    private Oaep() {}

    /** How long a message may be for a modulus of this length. */
    public static int longest(int modulusBytes) {
        return modulusBytes - 2 * HASH_BYTES - 2;
    }

    /**
     * EM = 0x00 || maskedSeed || maskedDB, {@code modulusBytes} long. The caller wipes it.
     *
     * @throws IllegalArgumentException if the message is too long or the seed has another length
     */
    public static byte[] encode(byte[] message, byte[] seed, int modulusBytes) {
        if (seed.length != SEED_BYTES || message.length > longest(modulusBytes)) {
            throw new IllegalArgumentException(
                    "a message of " + message.length + " bytes, a seed of " + seed.length + " bytes");
        }
        var em = new byte[modulusBytes];
        int db = 1 + HASH_BYTES;
        System.arraycopy(seed, 0, em, 1, SEED_BYTES);
        System.arraycopy(LABEL_HASH, 0, em, db, HASH_BYTES);
        em[modulusBytes - message.length - 1] = 1;
        System.arraycopy(message, 0, em, modulusBytes - message.length, message.length);
        mask(em, db, modulusBytes - db, em, 1, SEED_BYTES);
        mask(em, 1, SEED_BYTES, em, db, modulusBytes - db);
        return em;
    }

    /**
     * The message of {@code messageBytes} bytes in what the private key made of a ciphertext; wipes {@code em}.
     *
     * @param em as long as the modulus, with leading zeros
     * @return empty if it is not the encoding of a message of this length: why is not said
     */
    public static Optional<byte[]> decode(byte[] em, int messageBytes) {
        int db = 1 + HASH_BYTES;
        if (em.length < db + HASH_BYTES + 1 + messageBytes) {
            return Optional.empty();
        }
        mask(em, 1, SEED_BYTES, em, db, em.length - db);
        mask(em, db, em.length - db, em, 1, SEED_BYTES);
        int wrong = em[0];
        for (int i = 0; i < HASH_BYTES; i++) {
            wrong |= em[db + i] ^ LABEL_HASH[i];
        }
        int one = em.length - messageBytes - 1;
        for (int i = db + HASH_BYTES; i < one; i++) {
            wrong |= em[i];
        }
        wrong |= em[one] ^ 1;
        var message = Arrays.copyOfRange(em, one + 1, em.length);
        Arrays.fill(em, (byte) 0);
        if (wrong != 0) {
            Arrays.fill(message, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(message);
    }

    /** out ^= MGF1(seed). */
    private static void mask(byte[] out, int at, int length, byte[] seed, int seedAt, int seedLength) {
        var digest = Fingerprint.digest();
        var block = new byte[HASH_BYTES];
        var counter = new byte[COUNTER_BYTES];
        for (int done = 0, number = 0; done < length; done += HASH_BYTES, number++) {
            counter[COUNTER_BYTES - 1] = (byte) number;
            digest.update(seed, seedAt, seedLength);
            digest.update(counter);
            finish(digest, block);
            int count = Math.min(HASH_BYTES, length - done);
            for (int i = 0; i < count; i++) {
                out[at + done + i] ^= block[i];
            }
        }
        Arrays.fill(block, (byte) 0);
    }

    private static void finish(MessageDigest digest, byte[] block) {
        try {
            digest.digest(block, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a hash has " + HASH_BYTES + " bytes", e);
        }
    }
}
