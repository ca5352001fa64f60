package quorate.rsa;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;

/**
 * The private operation without padding, CKM_RSA_X_509 of a token, and our own decoding: SunPKCS11 has no OAEP, and
 * many tokens know it with SHA-1 only. Software keys go the same way.
 */
final class RawRsa {
    private final Cipher cipher;
    private final int modulusBytes;

    private RawRsa(Cipher cipher, int modulusBytes) {
        this.cipher = cipher;
        this.modulusBytes = modulusBytes;
    }

    /** With the JDK's software, which blinds. */
    static RawRsa of(Key key, int modulusBytes, SecureRandom random) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, random);
        return new RawRsa(cipher, modulusBytes);
    }

    /** Inside a token. */
    static RawRsa of(Key key, int modulusBytes, Provider token) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/NoPadding", token);
        cipher.init(Cipher.DECRYPT_MODE, key);
        return new RawRsa(cipher, modulusBytes);
    }

    Optional<byte[]> unwrap(byte[] kem) {
        if (kem.length != modulusBytes) {
            return Optional.empty();
        }
        byte[] raw;
        try {
            raw = cipher.doFinal(kem);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            // Without padding this means: not below the modulus, which anybody can see.
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new IllegalStateException("the RSA key cannot be used: " + e.getMessage(), e);
        }
        try {
            var em = new byte[modulusBytes];
            int from = Math.max(0, raw.length - modulusBytes);
            System.arraycopy(raw, from, em, modulusBytes - raw.length + from, raw.length - from);
            return Oaep.decode(em, RsaWrap.KEY_BYTES);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }
}
