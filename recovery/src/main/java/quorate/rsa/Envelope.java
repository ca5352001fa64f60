package quorate.rsa;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import quorate.algebra.Encoding;

/**
 * The second half of the wrap of protocols.md 7.1 and 8.1: "(key 32 || iv 12) = HKDF-SHA256(salt = empty, ikm = k,
 * info =
 * prefix || SHA256(SPKI DER of rsaPk) || SHA256(aad), 44 bytes); ct = AES-256-GCM(key, iv, aad, pt) with the 16-byte
 * tag
 * appended". Key and iv are of one use, since k is. Not thread-safe.
 */
public final class Envelope {
    /** The length of the tag. */
    public static final int OVERHEAD_BYTES = 16;

    private static final int CIPHER_KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int HASH_BYTES = 32;
    private static final byte[] NO_SALT = new byte[HASH_BYTES];

    private final byte[] infoPrefix;
    private final Mac mac;
    private final Cipher cipher;

    /**
     * @param prefix the use, "tsm/v1/rsawrap" or "tsm/v1/pve"
     * @param recipient of the wrapped k
     */
    public Envelope(String prefix, Fingerprint recipient) {
        this.infoPrefix = Encoding.concat(prefix.getBytes(StandardCharsets.US_ASCII), recipient.bytes());
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Seals {@code plain}, which stays the caller's to wipe. */
    public byte[] seal(byte[] k, byte[] associated, byte[] plain) {
        try {
            init(Cipher.ENCRYPT_MODE, k, associated);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The caller wipes what it gets. Empty if k, associated data or text are not those of one wrap. */
    public Optional<byte[]> open(byte[] k, byte[] associated, byte[] sealed) {
        try {
            init(Cipher.DECRYPT_MODE, k, associated);
            return Optional.of(cipher.doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private void init(int mode, byte[] k, byte[] associated) throws GeneralSecurityException {
        // RFC 5869: PRK = HMAC(salt, ikm); T(1) = HMAC(PRK, info || 1); T(2) = HMAC(PRK, T(1) || info || 2).
        mac.init(new SecretKeySpec(NO_SALT, "HmacSHA256"));
        var prk = mac.doFinal(k);
        var derived = new byte[2 * HASH_BYTES];
        try {
            var info = Encoding.concat(infoPrefix, Fingerprint.sha256(associated));
            mac.init(new SecretKeySpec(prk, "HmacSHA256"));
            mac.update(info);
            mac.update((byte) 1);
            mac.doFinal(derived, 0);
            mac.update(derived, 0, HASH_BYTES);
            mac.update(info);
            mac.update((byte) 2);
            mac.doFinal(derived, HASH_BYTES);
            cipher.init(
                    mode,
                    new SecretKeySpec(derived, 0, CIPHER_KEY_BYTES, "AES"),
                    new GCMParameterSpec(OVERHEAD_BYTES * Byte.SIZE, derived, CIPHER_KEY_BYTES, IV_BYTES));
            cipher.updateAAD(associated);
        } finally {
            Arrays.fill(prk, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("every Java platform has HMAC-SHA-256 and AES-256-GCM", cause);
    }
}
