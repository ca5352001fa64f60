package quorate.store;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) under one key. A sealed text is: version 01 ‖ nonce (12) ‖ ciphertext ‖ tag (16).
 *
 * <p>Nonces are random: a key may seal 2^32 texts before two nonces meet with probability 2^-32, and a node seals one
 * row per share it ever holds. The JDK's cipher keeps a key schedule of its own until it is collected.
 */
final class Sealer implements AutoCloseable {
    /** What a sealed text is longer than its plaintext. */
    static final int OVERHEAD_BYTES = 1 + 12 + 16;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private final WipedKey key;
    private final SecureRandom random;

    Sealer(byte[] key, SecureRandom random) {
        this.key = new WipedKey(key.clone());
        this.random = random;
    }

    /** Seals for one place: the text opens nowhere else than with the same associated data. */
    byte[] seal(byte[] associated, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = new byte[OVERHEAD_BYTES + plain.length];
            sealed[0] = VERSION;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK seals with AES-256-GCM", e);
        }
    }

    /** The plaintext, which the caller wipes; or the exception, if this was not sealed so, here, under this key. */
    byte[] open(byte[] associated, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < OVERHEAD_BYTES || sealed[0] != VERSION) {
            throw new AEADBadTagException("not a sealed text of version " + VERSION);
        }
        var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            var offset = 1 + NONCE_BYTES;
            return cipher(Cipher.DECRYPT_MODE, nonce, associated).doFinal(sealed, offset, sealed.length - offset);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK opens AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    @Override
    public void close() {
        key.destroy();
    }

    @Override
    public String toString() {
        return "Sealer[redacted]";
    }

    /** Unlike the JDK's, this key can be destroyed; a destroyed one seals nothing. */
    private static final class WipedKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] value;
        private transient volatile boolean destroyed;

        WipedKey(byte[] value) {
            this.value = value;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            if (destroyed) {
                throw new IllegalStateException("the key was closed");
            }
            return value.clone();
        }

        @Override
        public void destroy() {
            destroyed = true;
            Arrays.fill(value, (byte) 0);
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }

        private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
            throw new java.io.NotSerializableException("a key is never serialised");
        }

        @Override
        public String toString() {
            return "WipedKey[redacted]";
        }
    }
}
