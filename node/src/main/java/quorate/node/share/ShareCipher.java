package quorate.node.share;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM under the key that a password became: nonce (12) || ciphertext || tag (16), one text per key. */
final class ShareCipher {
    static final int KEY_BYTES = 32;
    static final int OVERHEAD_BYTES = 12 + 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private ShareCipher() {}

    static byte[] seal(byte[] key, byte[] associated, byte[] plain, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = Arrays.copyOf(nonce, OVERHEAD_BYTES + plain.length);
            cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK seals with AES-256-GCM", e);
        }
    }

    /** The plaintext, which the caller wipes; empty if this was not sealed so under this key. */
    static Optional<byte[]> open(byte[] key, byte[] associated, byte[] sealed) {
        if (key.length != KEY_BYTES || sealed.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK opens AES-256-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
